package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.type.FuncType;
import org.jspecify.annotations.Nullable;

/** A component function that takes and gives Java values. Immutable; shared by all instances of a component. */
public sealed interface Callee {
    /** Its type. */
    FuncType type();

    /** Calls it in {@code tree}, for the host or with what a guest hands to the host. */
    @Nullable
    Object call(InstanceTree tree, Object[] args);

    /** A function of the host. */
    record OfHost(FuncType type, HostFunction function) implements Callee {
        @Override
        public @Nullable Object call(InstanceTree tree, Object[] args) {
            var result = function.call(tree.store, args);
            // The host may have seen a trap of a neighbour in this store and gone on; the guests may not.
            var poison = tree.store.poisoned();
            if (poison != null) {
                throw new TrapException("the store is dead: " + poison.getMessage(), poison);
            }
            return result;
        }
    }

    /**
     * {@code canon lift}: a function of a guest.
     *
     * @param core slot of its core function
     * @param canon its options
     * @param enteredByHost component instances that a call from the host enters
     */
    record OfGuest(FuncType type, ExportCode code, int core, int canon, int[] enteredByHost) implements Callee {
        @Override
        public @Nullable Object call(InstanceTree tree, Object[] args) {
            tree.enter(enteredByHost);
            var canon = tree.canon(this.canon);
            var frame = new Frame(canon, false);
            var results = tree.function(core).call(code.lowerParams(frame, args));
            var result = taken(frame, canon, results);
            tree.leave(enteredByHost);
            return result;
        }

        private @Nullable Object taken(Frame frame, Canon canon, long[] results) {
            try {
                var result = code.liftResult(frame, results);
                frame.checkReturned();
                canon.postReturn(results);
                return result;
            } catch (Throwable failure) {
                frame.dropTaken(failure);
                throw failure;
            }
        }
    }
}
