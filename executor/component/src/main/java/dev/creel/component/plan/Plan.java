package dev.creel.component.plan;

import dev.creel.component.core.CoreModule;
import dev.creel.component.host.HostInterfaces;
import java.util.List;
import java.util.Map;

/**
 * A component, linked symbolically. Immutable. The host functions are named and typed but not bound yet.
 *
 * @param modules core modules that steps instantiate; equal modules appear once
 * @param hostFunctions every host function that is lowered or exported anywhere, in order of {@link FuncRef.Host#index()}
 * @param steps run in order to instantiate
 * @param exports what the host may call
 * @param dependencyHosts what the imports of dependencies are satisfied from, where that is not the host of the component itself
 */
public record Plan(
        List<CoreModule> modules,
        List<FuncRef.Host> hostFunctions,
        List<Step> steps,
        Map<String, PlanExport> exports,
        List<HostInterfaces> dependencyHosts) {
    /** A plan of one component, which has one host. */
    public Plan(
            List<CoreModule> modules,
            List<FuncRef.Host> hostFunctions,
            List<Step> steps,
            Map<String, PlanExport> exports) {
        this(modules, hostFunctions, steps, exports, List.of());
    }
}
