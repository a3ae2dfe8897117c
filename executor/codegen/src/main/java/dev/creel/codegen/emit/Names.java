package dev.creel.codegen.emit;

import dev.creel.codegen.run.Cells;
import dev.creel.codegen.run.Crossing;
import dev.creel.codegen.run.ExactCells;
import dev.creel.codegen.run.GuestCode;
import dev.creel.codegen.run.GuestElements;
import dev.creel.codegen.run.GuestException;
import dev.creel.codegen.run.GuestFunction;
import dev.creel.codegen.run.GuestGlobal;
import dev.creel.codegen.run.GuestInstance;
import dev.creel.codegen.run.GuestMemory;
import dev.creel.codegen.run.GuestTable;
import dev.creel.codegen.run.GuestTag;
import dev.creel.codegen.run.Lanes;
import dev.creel.codegen.run.Numeric;
import dev.creel.codegen.run.PendingCall;
import dev.creel.codegen.run.Traps;
import dev.creel.codegen.run.V128;
import dev.creel.codegen.run.Views;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** The runtime's classes, as generated code names them. */
final class Names {
    static final ClassDesc INSTANCE = of(GuestInstance.class);
    static final ClassDesc FUNCTION = of(GuestFunction.class);
    static final ClassDesc MEMORY = of(GuestMemory.class);
    static final ClassDesc TABLE = of(GuestTable.class);
    static final ClassDesc GLOBAL = of(GuestGlobal.class);
    static final ClassDesc ELEMENTS = of(GuestElements.class);
    static final ClassDesc TAG = of(GuestTag.class);
    static final ClassDesc THROWN = of(GuestException.class);
    static final ClassDesc PENDING = of(PendingCall.class);
    static final ClassDesc VECTOR = of(V128.class);
    static final ClassDesc LANES = of(Lanes.class);
    static final ClassDesc COMPARISON = of(Lanes.Comparison.class);
    static final ClassDesc FLOAT_OPERATOR = of(Lanes.FloatOperator.class);
    static final ClassDesc CODE = of(GuestCode.class);
    static final ClassDesc NUMERIC = of(Numeric.class);
    static final ClassDesc CROSSING = of(Crossing.class);
    static final ClassDesc TRAPS = of(Traps.class);
    static final ClassDesc VIEWS = of(Views.class);
    static final ClassDesc CELLS = of(Cells.class);
    static final ClassDesc EXACT_CELLS = of(ExactCells.class);
    static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    static final ClassDesc EXCEPTION = of(RuntimeException.class);
    static final ClassDesc THREAD = of(Thread.class);

    private Names() {}

    static ClassDesc of(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
