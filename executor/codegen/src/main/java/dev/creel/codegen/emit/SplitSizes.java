package dev.creel.codegen.emit;

/**
 * When functions are cut, in estimated bytes of bytecode.
 *
 * @param wholeMax a function of at most so many stays whole
 * @param tail at which the tail of a body is cut off
 * @param methodMax above which whole blocks leave a method; the JVM's own limit is 65,535
 * @param call of a call of a range, and the least that is worth one
 * @param cases different targets from which on a switch is taken for an interpreter's dispatch
 * @param dispatchMax of a method with such a switch and those of its cases that stay with it
 * @param engine instructions of a function with a large switch from which on its module is the engine of a language
 */
public record SplitSizes(int wholeMax, int tail, int methodMax, int call, int cases, int dispatchMax, int engine) {
    /** Methods that HotSpot compiles well. */
    public static final SplitSizes USUAL = new SplitSizes(7_500, 4_000, 8_000, 150, 32, 36_000, 12_000);

    private static final int SMALLEST = 1_000;

    /** Checks that cutting comes to an end. */
    public SplitSizes {
        if (wholeMax < 0 || call < 1 || tail < call || methodMax < tail || methodMax > 32_000 || cases < 2) {
            throw new IllegalArgumentException("sizes of split functions that do not fit together");
        }
    }

    /** Whether there is something to gain from {@link #smaller}. */
    boolean canShrink() {
        return dispatchMax > SMALLEST;
    }

    /** For functions whose methods came out larger than was estimated. */
    SplitSizes smaller() {
        return new SplitSizes(
                wholeMax / 2,
                Math.max(call, tail / 2),
                Math.max(call, methodMax / 2),
                call,
                cases,
                dispatchMax / 2,
                engine);
    }
}
