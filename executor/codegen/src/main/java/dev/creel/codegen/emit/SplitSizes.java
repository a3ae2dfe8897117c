package dev.creel.codegen.emit;

/**
 * When functions are cut, in estimated bytes of bytecode.
 *
 * @param wholeMax a function of at most so many stays whole
 * @param tail at which the tail of a body is cut off
 * @param methodMax above which whole blocks leave a method; the JVM's own limit is 65,535
 * @param call of a call of a range, and the least that is worth one
 */
public record SplitSizes(int wholeMax, int tail, int methodMax, int call) {
    /** Methods that HotSpot compiles well. */
    public static final SplitSizes USUAL = new SplitSizes(7_500, 4_000, 16_000, 150);

    /** Checks that cutting comes to an end. */
    public SplitSizes {
        if (wholeMax < 0 || call < 1 || tail < call || methodMax < tail || methodMax > 32_000) {
            throw new IllegalArgumentException("sizes of split functions that do not fit together");
        }
    }
}
