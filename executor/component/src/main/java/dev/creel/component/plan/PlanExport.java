package dev.creel.component.plan;

import java.util.Map;

/** What the root component exports. Types and uninstantiated modules or components are left out: nobody can call them. */
public sealed interface PlanExport {
    /** A function. */
    record Func(FuncRef function) implements PlanExport {}

    /** An instance: exports by name. */
    record Instance(Map<String, PlanExport> exports) implements PlanExport {}
}
