package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.NotCompiledException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A module as Chicory parsed and validated it, for an engine that generates its own code. Of its functions it keeps no more than
 * {@link ValidatedBody}. Immutable.
 */
public final class ValidatedModule {
    /** Generated code has a class for each function type. */
    private static final int TYPES_MAX = 20_000;

    private final String key;
    private final ModuleShape shape;
    private final WasmModule skeleton;
    private final List<ValidatedBody> bodies;

    private ValidatedModule(String key, WasmModule skeleton, List<ValidatedBody> bodies) {
        this.key = key;
        this.shape = ModuleShape.of(skeleton);
        this.skeleton = skeleton;
        this.bodies = bodies;
    }

    /**
     * Parses and validates a module, unless its code key is {@code compiled} already, which was valid: then nobody looks at
     * its functions, and it has none.
     *
     * @param visitor sees all functions
     * @throws InvalidModuleException if it is malformed, invalid, too large, or uses what Chicory lacks
     */
    public static ValidatedModule of(byte[] wasm, Predicate<String> compiled, BodyVisitor visitor) {
        var bytes = new ModuleBytes(wasm);
        var key = bytes.codeKey();
        if (compiled.test(key)) {
            return new ValidatedModule(key, ChicoryEngine.decode(bytes.skeleton(own -> false)), List.of());
        }
        return of(key, new ModuleBytes(ChicoryEngine.reading(() -> BlockTypes.apart(bytes.wasm()))), visitor);
    }

    /**
     * Reads a module that {@link #withoutCode} wrote: as one that is compiled already.
     *
     * @throws NotCompiledException if it is another module, or its code is not {@code compiled}
     */
    public static ValidatedModule ofCompiled(byte[] wasm, Predicate<String> compiled) {
        var bytes = new ModuleBytes(wasm);
        var key = bytes.keyLeft().orElseThrow(() -> new NotCompiledException("a module that was not prepared to run"));
        if (!compiled.test(key)) {
            throw new NotCompiledException("the code " + key);
        }
        return new ValidatedModule(key, ChicoryEngine.decode(bytes.skeleton(own -> false)), List.of());
    }

    /** A valid module without its functions; it knows its code key, and sections that say a component's types are kept. */
    public static byte[] withoutCode(byte[] wasm) {
        return new ModuleBytes(wasm).withoutCode();
    }

    private static ValidatedModule of(String key, ModuleBytes bytes, BodyVisitor visitor) {
        var outside = bytes.skeleton(own -> false);
        var skeleton = ChicoryEngine.decode(outside);
        if (skeleton.typeSection().typeCount() > TYPES_MAX) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.TOO_LARGE,
                    skeleton.typeSection().typeCount() + " function types; at most " + TYPES_MAX + " are taken");
        }
        Features.checkButVectors(skeleton);
        var bodies = bytes.bodies();
        try {
            return new ValidatedModule(key, skeleton, BodyValidation.run(skeleton, bodies, visitor));
        } catch (InvalidModuleException e) {
            if (!(e.getCause() instanceof InvalidException refusal)
                    || !Declarations.REFUSAL.equals(refusal.getMessage())) {
                throw e;
            }
            var declared = ChicoryEngine.decode(Declarations.added(outside));
            return new ValidatedModule(key, declared, BodyValidation.run(declared, bodies, visitor));
        }
    }

    /** Equal for modules that differ only in data and custom sections. */
    public String codeKey() {
        return key;
    }

    /** All but the instructions of functions, for which stubs stand. */
    public WasmModule module() {
        return skeleton;
    }

    /** The module's own functions; none if they are compiled already. */
    public List<ValidatedBody> bodies() {
        return bodies;
    }

    /** Imports in module order. */
    public List<CoreImport> imports() {
        return shape.imports();
    }

    /** Export name → type, in module order. */
    public Map<String, CoreType> exports() {
        return shape.exports();
    }

    /** Export name → kind and index. */
    public Map<String, Export> places() {
        return shape.places();
    }

    /** The type of anything that is imported or defined. */
    public CoreType type(ExternalType kind, int index) {
        return shape.type(kind, index, skeleton);
    }
}
