package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.types.FunctionBody;

/** Sees each function of a module at least once, validated, while its instructions are in memory. Called by several threads, in any order. */
@FunctionalInterface
public interface BodyVisitor {
    /**
     * Must not keep the body.
     *
     * @param own the function's number among the module's own
     * @throws dev.creel.component.core.InvalidModuleException if the function cannot be run
     */
    void body(int own, FunctionBody body);
}
