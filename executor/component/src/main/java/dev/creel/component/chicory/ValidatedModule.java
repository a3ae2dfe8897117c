package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A module as Chicory parsed and validated it, for an engine that generates its own code. Of the functions it keeps only the bytes:
 * their instructions, which are many times larger, are there while they are validated, and whenever {@link #bodies} is
 * called. Immutable.
 */
public final class ValidatedModule {
    /** Generated code has a class for each function type. */
    private static final int TYPES_MAX = 20_000;

    private final String key;
    private final ModuleShape shape;
    private final WasmModule skeleton;
    private final FunctionBodies bodies;

    private ValidatedModule(String key, WasmModule skeleton, FunctionBodies bodies) {
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
            return new ValidatedModule(key, ChicoryEngine.decode(bytes.skeleton(own -> false)), FunctionBodies.NONE);
        }
        return of(key, new ModuleBytes(ChicoryEngine.reading(() -> BlockTypes.apart(bytes.wasm()))), visitor);
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
            BodyValidation.run(skeleton, bodies, visitor);
            return new ValidatedModule(key, skeleton, bodies);
        } catch (InvalidModuleException e) {
            if (!(e.getCause() instanceof InvalidException refusal)
                    || !Declarations.REFUSAL.equals(refusal.getMessage())) {
                throw e;
            }
            var declared = ChicoryEngine.decode(Declarations.added(outside));
            BodyValidation.run(declared, bodies, visitor);
            return new ValidatedModule(key, declared, bodies);
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

    /**
     * Parses the module's own functions from number {@code from} up to {@code to} once more. Takes some hundred times {@link #bytes} of
     * memory, a third of which the result keeps.
     */
    public List<FunctionBody> bodies(int from, int to) {
        return Arrays.asList(bodies.parse(from, to).functionBodies());
    }

    /** Size in the module of its own functions from number {@code from} up to {@code to}. */
    public int bytes(int from, int to) {
        return bodies.bytes(from, to);
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
