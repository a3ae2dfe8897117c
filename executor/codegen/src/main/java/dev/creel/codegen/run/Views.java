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

    /** The field {@code fresh0} of an instance. */
    public static final VarHandle FRESH_0 = fresh("fresh0");

    /** The field {@code fresh1} of an instance. */
    public static final VarHandle FRESH_1 = fresh("fresh1");

    /** The field {@code fresh2} of an instance. */
    public static final VarHandle FRESH_2 = fresh("fresh2");

    /** The field {@code fresh3} of an instance. */
    public static final VarHandle FRESH_3 = fresh("fresh3");

    /** The field {@code fresh4} of an instance. */
    public static final VarHandle FRESH_4 = fresh("fresh4");

    /** The field {@code fresh5} of an instance. */
    public static final VarHandle FRESH_5 = fresh("fresh5");

    /** The field {@code fresh6} of an instance. */
    public static final VarHandle FRESH_6 = fresh("fresh6");

    /** The field {@code fresh7} of an instance. */
    public static final VarHandle FRESH_7 = fresh("fresh7");

    private Views() {}

    private static VarHandle fresh(String field) {
        try {
            return MethodHandles.lookup()
                    .findVarHandle(GuestInstance.class, field, int.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }
}
