package dev.creel.codegen.run;

/**
 * A reference type in full, as linking compares it: the engine port's types know only funcref and the like.
 *
 * @param nullable whether null is among the values
 * @param heap what is referred to: the name of an abstract heap type, or {@code (func …)} with the whole type
 */
public record ReferenceType(boolean nullable, String heap) {
    private static final String FUNC = "func";
    private static final String NOFUNC = "nofunc";
    private static final String CONCRETE = "(";

    /** Whether every value of this type is one of {@code wanted}. */
    public boolean matches(ReferenceType wanted) {
        return (wanted.nullable || !nullable) && heapMatches(wanted.heap);
    }

    private boolean heapMatches(String wanted) {
        if (heap.equals(wanted)) {
            return true;
        }
        if (wanted.equals(FUNC)) {
            return heap.equals(NOFUNC) || heap.startsWith(CONCRETE);
        }
        return heap.equals(NOFUNC) && wanted.startsWith(CONCRETE);
    }
}
