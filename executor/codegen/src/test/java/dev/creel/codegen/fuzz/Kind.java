package dev.creel.codegen.fuzz;

import dev.creel.component.core.ValueKind;

/**
 * A type of values.
 *
 * @param value as the engine port has it
 * @param function of references to functions of one type: its index
 */
record Kind(ValueKind value, int function, boolean nullable) {
    static final Kind I32 = of(ValueKind.I32);
    static final Kind I64 = of(ValueKind.I64);
    static final Kind F32 = of(ValueKind.F32);
    static final Kind F64 = of(ValueKind.F64);
    static final Kind V128 = of(ValueKind.V128);
    static final Kind FUNCREF = of(ValueKind.FUNCREF);
    static final Kind EXTERNREF = of(ValueKind.EXTERNREF);
    static final Kind EXNREF = of(ValueKind.EXNREF);
    private static final int ANY = -1;

    private static Kind of(ValueKind value) {
        return new Kind(value, ANY, true);
    }

    /** A reference to a function of one type. */
    static Kind reference(int function, boolean nullable) {
        return new Kind(ValueKind.FUNCREF, function, nullable);
    }

    /** Whether it is a reference to functions of one type. */
    boolean typed() {
        return function != ANY;
    }

    boolean isReference() {
        return switch (value) {
            case I32, I64, F32, F64, V128 -> false;
            case FUNCREF, EXTERNREF, EXNREF -> true;
        };
    }

    boolean isFloat() {
        return value == ValueKind.F32 || value == ValueKind.F64;
    }

    /** The type of a local that can hold it. */
    Kind orNull() {
        return new Kind(value, function, true);
    }
}
