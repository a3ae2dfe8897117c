package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.MalformedException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.InvalidModuleException;
import java.util.Objects;

/** Core WebAssembly on Chicory: its parser, validator and ahead-of-time compiler. Thread-safe. */
public final class ChicoryEngine implements CoreEngine {
    private static final String ID = "chicory-1.7.5+1";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CoreModule parse(byte[] wasm) {
        var bytes = new ModuleBytes(wasm);
        var decoded = decode(wasm);
        Features.check(decoded);
        return new ChicoryModule(bytes, bytes.codeKey(), ModuleShape.of(decoded), decoded, null);
    }

    @Override
    public CoreCode compile(CoreModule module, String name) {
        var chicory = (ChicoryModule) module;
        var decoded = Objects.requireNonNull(chicory.decoded());
        var classes = Compilation.of(decoded, "dev.creel.guest.G" + chicory.key().substring(0, 16));
        var loaded = new LoadedClasses(
                new GuestLoader(classes, decoded.typeSection().types()), classes.interpreted());
        var imported = decoded.importSection().count(ExternalType.FUNCTION);
        var stripped = decode(chicory.bytes().skeleton(own -> classes.interpreted().get(imported + own)));
        return new ChicoryCode(name, chicory.shape(), Skeleton.of(stripped, classes.interpreted()), loaded);
    }

    private static WasmModule decode(byte[] wasm) {
        try {
            return Parser.parse(wasm);
        } catch (InvalidException e) {
            throw new InvalidModuleException("invalid: " + e.getMessage(), e);
        } catch (MalformedException e) {
            throw new InvalidModuleException("malformed: " + e.getMessage(), e);
        } catch (ChicoryException e) {
            throw new InvalidModuleException("malformed: " + e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new InvalidModuleException("malformed: the decoder failed: " + e, e);
        }
    }
}
