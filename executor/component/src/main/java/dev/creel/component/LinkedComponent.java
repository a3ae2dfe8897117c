package dev.creel.component;

import dev.creel.component.abi.Callee;
import dev.creel.component.abi.LinkedPlan;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.Footprint;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.InterfaceName;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A component ready to be instantiated any number of times: core modules compiled, host functions bound, layouts computed.
 * Immutable and thread-safe. It keeps none of the plan's parsed modules.
 */
public final class LinkedComponent {
    private final LinkedPlan plan;
    private final List<ExportedFunction> exports = new ArrayList<>();
    /** Compatible versions → the exported interface name, the newest where there are several. */
    private final Map<String, String> tracks = new HashMap<>();

    private LinkedComponent(LinkedPlan plan) {
        this.plan = plan;
        plan.exports().forEach((interfaceName, functions) -> {
            functions.forEach((name, callee) -> exports.add(new ExportedFunction(interfaceName, name, callee.type())));
            InterfaceName.parse(interfaceName)
                    .track()
                    .ifPresent(track -> tracks.merge(track, interfaceName, LinkedComponent::newer));
        });
    }

    /**
     * Compiles and links. May take seconds; never for a request.
     *
     * @throws dev.creel.component.core.LinkException if {@code host} lacks what the plan names
     * @throws dev.creel.component.core.InvalidModuleException if a core module cannot be compiled
     */
    public static LinkedComponent of(Plan plan, CoreEngine engine, HostInterfaces host) {
        var count = new AtomicInteger();
        return of(plan, module -> engine.compile(module, "module" + count.getAndIncrement()), host);
    }

    /** The same with code that may have been compiled before: {@code compiled} is asked once for each module of the plan. */
    public static LinkedComponent of(Plan plan, Function<? super CoreModule, CoreCode> compiled, HostInterfaces host) {
        return of(plan, compiled, host, CallCode.GENERATED);
    }

    /** The same with a choice of what moves the values of calls. */
    public static LinkedComponent of(
            Plan plan, Function<? super CoreModule, CoreCode> compiled, HostInterfaces host, CallCode calls) {
        return new LinkedComponent(LinkedPlan.of(plan, compiled, host, calls));
    }

    /** Every function that the component exports. */
    public List<ExportedFunction> exports() {
        return List.copyOf(exports);
    }

    /** What its core modules hold of the process's memory. */
    public List<Footprint> footprints() {
        return plan.footprints();
    }

    /**
     * Whether there is a function {@code name} in an exported interface compatible with {@code interfaceName} (reference
     * component-model §1.7), or exported by its own name if that is empty; its type.
     */
    public Optional<ExportedFunction> find(String interfaceName, String name) {
        var found = exported(interfaceName);
        return Optional.ofNullable(callee(found, name)).map(callee -> new ExportedFunction(found, name, callee.type()));
    }

    /**
     * A new instance. Start functions of core modules run, on the caller's thread.
     *
     * @throws dev.creel.component.core.TrapException if one traps, or limits leave no room; the store is dead then
     */
    public ComponentInstance instantiate(Store store) {
        return new ComponentInstance(this, plan.instantiate(store));
    }

    @Nullable
    Callee callee(String interfaceName, String name) {
        return plan.exports().getOrDefault(exported(interfaceName), Map.of()).get(name);
    }

    /** The name under which the component exports it; the name itself if it does not. */
    private String exported(String interfaceName) {
        if (plan.exports().containsKey(interfaceName)) {
            return interfaceName;
        }
        return InterfaceName.parse(interfaceName).track().map(tracks::get).orElse(interfaceName);
    }

    private static String newer(String a, String b) {
        return InterfaceName.parse(a).compareVersion(InterfaceName.parse(b)) >= 0 ? a : b;
    }
}
