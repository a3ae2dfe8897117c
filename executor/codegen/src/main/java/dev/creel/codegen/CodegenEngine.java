package dev.creel.codegen;

import dev.creel.codegen.emit.Layout;
import dev.creel.codegen.emit.ModuleEmitter;
import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.chicory.ValidatedModule;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.InvalidModuleException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Core WebAssembly as JVM classes that this library generates. Thread-safe; compiles one module at a time, to bound memory.
 * Modules that differ only in their data share classes.
 */
public final class CodegenEngine implements CoreEngine {
    private static final String ID = "codegen-1";
    private static final int NAME_DIGITS = 16;

    private final SplitSizes sizes;
    private final Map<String, WeakReference<LoadedProgram>> loaded = new ConcurrentHashMap<>();
    /** Held while compiling and loading classes. */
    private final ReentrantLock compiling = new ReentrantLock();

    /** An engine that cuts functions at the usual sizes. */
    public CodegenEngine() {
        this(SplitSizes.USUAL);
    }

    /** An engine that cuts functions at these sizes. */
    public CodegenEngine(SplitSizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public String id() {
        return ID + " " + sizes;
    }

    @Override
    public CoreModule parse(byte[] wasm) {
        var module = ValidatedModule.of(wasm);
        Support.check(module.module());
        return new CodegenModule(module);
    }

    @Override
    public CoreCode compile(CoreModule module, String name) {
        if (!(module instanceof CodegenModule parsed)) {
            throw new IllegalArgumentException("a module of another engine: " + module.getClass());
        }
        return new CompiledCode(name, InstancePlan.of(parsed.validated()), program(parsed.validated()));
    }

    private LoadedProgram program(ValidatedModule module) {
        compiling.lock();
        try {
            var meanwhile = shared(module.codeKey());
            if (meanwhile != null) {
                return meanwhile;
            }
            var layout = new Layout(
                    module.module(), "dev.creel.guest.C" + module.codeKey().substring(0, NAME_DIGITS), sizes);
            var result = LoadedProgram.of(layout, ModuleEmitter.classes(layout));
            loaded.values().removeIf(reference -> reference.get() == null);
            loaded.put(module.codeKey(), new WeakReference<>(result));
            return result;
        } catch (IllegalArgumentException tooLarge) {
            throw new InvalidModuleException(
                    "the code generator cannot write a class: " + tooLarge.getMessage(), tooLarge);
        } finally {
            compiling.unlock();
        }
    }

    private @Nullable LoadedProgram shared(String key) {
        var reference = loaded.get(key);
        return reference == null ? null : reference.get();
    }
}
