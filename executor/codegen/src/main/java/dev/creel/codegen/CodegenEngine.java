package dev.creel.codegen;

import dev.creel.codegen.emit.Layout;
import dev.creel.codegen.emit.SplitSizes;
import dev.creel.codegen.emit.Survey;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.chicory.ValidatedModule;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.EngineRole;
import dev.creel.component.core.InvalidModuleException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Core WebAssembly as JVM classes that this library generates. Thread-safe; compiles one module at a time, to bound memory.
 * Modules that differ only in their data share classes, and what is in the cache is neither compiled nor are its function bodies
 * decoded again: their digest is that of a module that was valid.
 */
public final class CodegenEngine implements CoreEngine {
    private static final System.Logger LOG = System.getLogger(CodegenEngine.class.getName());
    private static final String ID = "codegen-1+" + GeneratorDigest.of();
    private static final int NAME_DIGITS = 16;

    private final SplitSizes sizes;
    private final CodeCache cache;
    private final EngineRole role;
    private final Map<String, WeakReference<LoadedProgram>> loaded = new ConcurrentHashMap<>();
    /** Held while compiling and loading classes. */
    private final ReentrantLock compiling = new ReentrantLock();

    /** An engine that compiles anew in each process. */
    public CodegenEngine() {
        this(SplitSizes.USUAL);
    }

    /** An engine that keeps compiled code in {@code cache}. */
    public CodegenEngine(CodeCache cache) {
        this(cache, EngineRole.COMPILE_AND_RUN);
    }

    /** An engine with this role. */
    public CodegenEngine(CodeCache cache, EngineRole role) {
        this(SplitSizes.USUAL, cache, role);
    }

    /** An engine that cuts functions at these sizes. */
    public CodegenEngine(SplitSizes sizes) {
        this(sizes, CodeCache.NONE, EngineRole.COMPILE_AND_RUN);
    }

    private CodegenEngine(SplitSizes sizes, CodeCache cache, EngineRole role) {
        this.sizes = sizes;
        this.cache = cache;
        this.role = role;
    }

    @Override
    public String id() {
        return ID + " " + sizes;
    }

    @Override
    public CoreModule parse(byte[] wasm) {
        var known = new Known();
        if (role == EngineRole.RUN) {
            return new CodegenModule(ValidatedModule.ofCompiled(wasm, known::test), new Survey(), true, known.program);
        }
        var survey = new Survey();
        var module = ValidatedModule.of(wasm, known::test, (own, body) -> {
            Support.check(own, body);
            survey.add(own, body);
        });
        if (!known.compiled) {
            Support.check(module.module());
        }
        return new CodegenModule(module, survey, known.compiled, known.program);
    }

    @Override
    public byte[] withoutCode(byte[] wasm) {
        return ValidatedModule.withoutCode(wasm);
    }

    /** What is known of a module's code. */
    private final class Known {
        boolean compiled;

        @Nullable
        LoadedProgram program;

        boolean test(String key) {
            if (role == EngineRole.COMPILE) {
                compiled = cache.has(cacheKey(key));
            } else {
                program = known(key);
                compiled = program != null;
            }
            return compiled;
        }
    }

    @Override
    public CoreCode compile(CoreModule module, String name) {
        if (!(module instanceof CodegenModule parsed)) {
            throw new IllegalArgumentException("a module of another engine: " + module.getClass());
        }
        var program = parsed.program();
        if (program == null && parsed.compiled()) {
            return new CodeElsewhere(parsed.imports(), parsed.exports());
        }
        return new CompiledCode(
                name,
                InstancePlan.of(parsed.validated()),
                program == null ? program(parsed.validated(), parsed.survey()) : program);
    }

    private LoadedProgram program(ValidatedModule module, Survey survey) {
        compiling.lock();
        try {
            var key = module.codeKey();
            var meanwhile = shared(key);
            if (meanwhile != null) {
                return meanwhile;
            }
            var classes = ProgramClasses.of(
                    new Layout(module, survey, "dev.creel.guest.C" + key.substring(0, NAME_DIGITS), sizes));
            var result = load(key, classes);
            cache.put(cacheKey(key), classes.encoded());
            return result;
        } catch (IllegalArgumentException tooLarge) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.TOO_LARGE,
                    "the code generator cannot write a class: " + tooLarge.getMessage());
        } finally {
            compiling.unlock();
        }
    }

    private @Nullable LoadedProgram known(String key) {
        var shared = shared(key);
        return shared != null ? shared : cached(key);
    }

    private @Nullable LoadedProgram shared(String key) {
        var reference = loaded.get(key);
        return reference == null ? null : reference.get();
    }

    private @Nullable LoadedProgram cached(String key) {
        var entry = cache.get(cacheKey(key));
        if (entry.isEmpty()) {
            return null;
        }
        compiling.lock();
        try {
            var meanwhile = shared(key);
            return meanwhile != null ? meanwhile : load(key, ProgramClasses.decoded(entry.get()));
        } catch (IOException | InvalidModuleException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "the cached code of module " + key + " cannot be used", e);
            return null;
        } finally {
            compiling.unlock();
        }
    }

    private LoadedProgram load(String key, ProgramClasses classes) {
        var result = LoadedProgram.of(classes);
        loaded.values().removeIf(reference -> reference.get() == null);
        loaded.put(key, new WeakReference<>(result));
        return result;
    }

    private String cacheKey(String key) {
        return id() + " " + key;
    }
}
