package dev.creel.codegen.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in a memory's array. */
public final class Views {
    /** 16 bits. */
    public static final VarHandle SHORT = view(short[].class);

    /** 32 bits. */
    public static final VarHandle INT = view(int[].class);

    /** 64 bits. */
    public static final VarHandle LONG = view(long[].class);

    /** A float, bit by bit. */
    public static final VarHandle FLOAT = view(float[].class);

    /** A double, bit by bit. */
    public static final VarHandle DOUBLE = view(double[].class);

    private Views() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }
}
