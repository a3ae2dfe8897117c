package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.EngineRole;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.NotCompiledException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Core WebAssembly on Chicory: its parser, validator and ahead-of-time compiler. Thread-safe; compiles one module at a time, to
 * bound memory. Modules that differ only in their data share classes, and what is in the cache is neither compiled nor
 * are its function bodies decoded again: their digest is that of a module that was valid.
 */
public final class ChicoryEngine implements CoreEngine {
    private static final System.Logger LOG = System.getLogger(ChicoryEngine.class.getName());
    private static final String ID = "chicory-1.7.5+" + PatchedShaded.DIGEST + QuietNans.VERSION;
    /** How Chicory's parser says that a memory's limits have the flag of a 64-bit address space. */
    private static final Pattern MEMORY64 = Pattern.compile("invalid memory limit: [4-7]");

    private static final int NAME_DIGITS = 16;

    private final CodeCache cache;
    private final EngineRole role;
    /** Bytes of a function; larger ones are interpreted. */
    private final int compiledMax;

    private final Map<String, WeakReference<LoadedClasses>> loaded = new ConcurrentHashMap<>();
    /** Held while compiling and loading classes. */
    private final ReentrantLock compiling = new ReentrantLock();

    /** An engine that compiles anew in each process. */
    public ChicoryEngine() {
        this(CodeCache.NONE);
    }

    /** An engine that keeps compiled code in {@code cache}. */
    public ChicoryEngine(CodeCache cache) {
        this(cache, EngineRole.COMPILE_AND_RUN);
    }

    /** An engine with this role. What it compiles for others it could run itself. */
    public ChicoryEngine(CodeCache cache, EngineRole role) {
        this(cache, role, Compilation.SURELY_TOO_LARGE);
    }

    private ChicoryEngine(CodeCache cache, EngineRole role, int compiledMax) {
        this.cache = cache;
        this.role = role;
        this.compiledMax = compiledMax;
    }

    /** An engine that leaves all functions to Chicory's interpreter: to compare with, far too slow for guests. */
    public static ChicoryEngine interpreting() {
        return new ChicoryEngine(CodeCache.NONE, EngineRole.COMPILE_AND_RUN, 0);
    }

    @Override
    public String id() {
        return compiledMax == 0 ? ID + " interpreting" : ID;
    }

    @Override
    public CoreModule parse(byte[] wasm) {
        var bytes = new ModuleBytes(wasm);
        var key = bytes.codeKey();
        var known = known(key, bytes);
        if (known == null && role == EngineRole.RUN) {
            throw new NotCompiledException("the code " + key);
        }
        var decoded = decode(known == null ? bytes.wasm() : bytes.skeleton(own -> false));
        if (known == null) {
            Features.check(decoded);
        }
        return new ChicoryModule(bytes, key, ModuleShape.of(decoded), decoded, known);
    }

    @Override
    public CoreCode compile(CoreModule module, String name) {
        if (!(module instanceof ChicoryModule parsed)) {
            throw new IllegalArgumentException("a module of another engine: " + module.getClass());
        }
        var classes = parsed.known() != null ? parsed.known() : compile(parsed);
        return new ChicoryCode(name, parsed.shape(), Skeleton.of(parsed.decoded(), classes.bodies()), classes);
    }

    private LoadedClasses compile(ChicoryModule module) {
        compiling.lock();
        try {
            var meanwhile = shared(module.key());
            if (meanwhile != null) {
                return meanwhile;
            }
            var name = "dev.creel.guest.G" + module.key().substring(0, NAME_DIGITS);
            var classes = Compilation.of(module.decoded(), module.bytes().bodySizes(), name, compiledMax);
            var result = load(module.key(), classes, module.decoded());
            cache.put(cacheKey(module.key()), classes.encoded());
            return result;
        } finally {
            compiling.unlock();
        }
    }

    private @Nullable LoadedClasses known(String key, ModuleBytes bytes) {
        var shared = shared(key);
        return shared != null ? shared : cached(key, bytes);
    }

    private @Nullable LoadedClasses shared(String key) {
        var reference = loaded.get(key);
        return reference == null ? null : reference.get();
    }

    private @Nullable LoadedClasses cached(String key, ModuleBytes bytes) {
        var entry = cache.get(cacheKey(key));
        if (entry.isEmpty()) {
            return null;
        }
        compiling.lock();
        try {
            var meanwhile = shared(key);
            if (meanwhile != null) {
                return meanwhile;
            }
            var classes = GuestClasses.decoded(entry.get());
            return load(key, classes, decode(bytes.skeleton(classes::interprets)));
        } catch (IOException | InvalidModuleException | IndexOutOfBoundsException e) {
            // An invalid module is refused once more when it is parsed whole; anything else is compiled anew.
            LOG.log(Level.WARNING, "the cached code of module " + key + " cannot be used", e);
            return null;
        } finally {
            compiling.unlock();
        }
    }

    private LoadedClasses load(String key, GuestClasses classes, WasmModule module) {
        var result = LoadedClasses.of(classes, module);
        loaded.values().removeIf(reference -> reference.get() == null);
        loaded.put(key, new WeakReference<>(result));
        return result;
    }

    private String cacheKey(String key) {
        return id() + " " + key;
    }

    /** Parses and validates. */
    static WasmModule decode(byte[] wasm) {
        return reading(() -> {
            var readable = BlockTypes.apart(wasm);
            try {
                return Parser.parse(readable);
            } catch (InvalidException e) {
                if (!Declarations.REFUSAL.equals(e.getMessage())) {
                    throw e;
                }
                return Parser.parse(Declarations.added(readable));
            }
        });
    }

    /** Lets Chicory read something, and says in our words what it has against it. */
    static <T> T reading(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InvalidException e) {
            throw new InvalidModuleException(InvalidModuleException.Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (ChicoryException e) {
            var message = String.valueOf(e.getMessage());
            throw MEMORY64.matcher(message).find()
                    ? new InvalidModuleException(InvalidModuleException.Kind.UNSUPPORTED, "memory64", e)
                    : new InvalidModuleException(InvalidModuleException.Kind.MALFORMED, message, e);
        } catch (InvalidModuleException e) {
            throw e;
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
            throw new InvalidModuleException(InvalidModuleException.Kind.MALFORMED, "the decoder failed: " + e, e);
        }
    }
}
