package dev.creel.component.engine;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import dev.creel.component.core.TrapException;
import java.util.Arrays;

/** An instance, without imports, of a module on Chicory's interpreter as it is: the farthest from ours, and wrong here and there. */
public final class Interpreted {
    private static final int PAGE = 1 << 16;
    private final Instance instance;

    /** The interpreter itself failed: nothing follows about the guest. */
    public static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Failure(RuntimeException cause) {
            super("Chicory's interpreter fails", cause);
        }
    }

    /** Makes an instance. */
    public Interpreted(byte[] wasm) {
        this.instance = Instance.builder(Parser.parse(wasm))
                .withMemoryFactory(ByteArrayMemory::new)
                .build();
    }

    /**
     * Calls an exported function, with raw bits.
     *
     * @throws TrapException with whatever Chicory calls the trap
     * @throws Failure if Chicory itself fails: it cannot throw null, nor call a function from its own end
     */
    public long[] call(String name, long... args) {
        try {
            var results = instance.export(name).apply(args);
            return results == null ? new long[0] : results;
        } catch (ChicoryException trap) {
            throw new TrapException(String.valueOf(trap.getMessage()), trap);
        } catch (WasmException uncaught) {
            throw new TrapException("uncaught exception", uncaught);
        } catch (ArithmeticException trap) {
            throw new TrapException("integer divide by zero", trap);
        } catch (NullPointerException failure) {
            throw new Failure(failure);
        } catch (IndexOutOfBoundsException trap) {
            var inMemory = Arrays.stream(trap.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(ByteArrayMemory.class.getName()));
            if (!inMemory) {
                throw new Failure(trap);
            }
            throw new TrapException("out of bounds memory access", trap);
        }
    }

    /** The content of a memory now. */
    public byte[] memory(int index) {
        var memory = instance.memory(index);
        return memory.readBytes(0, memory.pages() * PAGE);
    }
}
