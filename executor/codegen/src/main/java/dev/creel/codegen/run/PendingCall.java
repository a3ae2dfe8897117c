package dev.creel.codegen.run;

import org.jspecify.annotations.Nullable;

/**
 * A tail call on its way: the function that makes it has returned, so that it takes no stack, and whoever called that function
 * does the call. One for each instance, on its thread.
 */
public final class PendingCall {
    /** No call is pending. */
    public static final int NONE = -1;

    /** Place of the called function's type among the program's, or {@link #NONE}. */
    public int type = NONE;

    /** Index of the function if it is the instance's. */
    public int target;

    /** The function if it is another instance's. */
    public @Nullable GuestFunction function;

    /** Arguments as raw bits, but funcrefs and exnrefs. */
    public long[] bits = {};

    /** Arguments that are funcrefs and exnrefs. */
    public @Nullable Object[] references = {};

    PendingCall() {}

    /** {@code return_call}, with room for arguments. */
    public void direct(int index, int type, int arguments) {
        begin(type, index, null, arguments);
    }

    /** {@code return_call_indirect}, with room for arguments. */
    public void indirect(int index, GuestTable table, int type, int arguments, GuestInstance caller) {
        var own = table.target(index);
        var foreign = table.foreign(index, caller);
        begin(type, own, foreign == null ? null : Crossing.expected(foreign, type, caller), arguments);
    }

    /** {@code return_call_ref}, with room for arguments. */
    public void reference(@Nullable GuestFunction called, int type, int arguments, GuestInstance caller) {
        var own = Crossing.isOwn(called, type, caller);
        var sure = Crossing.nonNull(called);
        begin(type, sure.index(), own ? null : Crossing.expected(sure, type, caller), arguments);
    }

    private void begin(int wanted, int index, @Nullable GuestFunction foreign, int arguments) {
        if (bits.length < arguments) {
            bits = new long[arguments];
            references = new Object[arguments];
        }
        type = wanted;
        target = index;
        function = foreign;
    }

    void clear() {
        type = NONE;
        function = null;
    }
}
