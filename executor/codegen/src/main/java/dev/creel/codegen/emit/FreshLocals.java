package dev.creel.codegen.emit;

import dev.creel.codegen.run.GuestInstance;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Locals that each case of a large switch reads anew, through fields that the JVM may not look through. Without it HotSpot
 * computes what several cases have in common before the switch, each time, for all of them (reference jvm-codegen §3).
 *
 * @param chosen wasm locals, in the order of the fields
 * @param reads for each case the locals that it reads
 */
record FreshLocals(List<Integer> chosen, Map<Long, BitSet> reads, int[] locals, CodeBuilder code, int instance) {
    /** Cases of a switch from which on it is worth it. */
    static final int CASES_MIN = 32;
    /** Cases that have to read a local. */
    private static final int READERS_MIN = 4;

    private static final ClassDesc VIEW = ClassDesc.of("java.lang.invoke.VarHandle");

    static FreshLocals of(Map<Long, BitSet> reads, List<Kind> kinds, int[] locals, CodeBuilder code, int instance) {
        var chosen = new ArrayList<Integer>();
        for (var local = 0; local < kinds.size() && !reads.isEmpty(); local++) {
            if (kinds.get(local) == Kind.I32 && readers(reads, local) >= READERS_MIN) {
                chosen.add(local);
            }
        }
        chosen.sort(Comparator.comparingLong((Integer local) -> readers(reads, local))
                .reversed());
        var most = Math.min(chosen.size(), GuestInstance.FRESH);
        return new FreshLocals(List.copyOf(chosen.subList(0, most)), reads, locals, code, instance);
    }

    private static long readers(Map<Long, BitSet> reads, int local) {
        return reads.values().stream().filter(one -> one.get(local)).count();
    }

    /** Before the switch. */
    void save() {
        for (var i = 0; i < chosen.size(); i++) {
            code.aload(instance)
                    .iload(locals[chosen.get(i)])
                    .putfield(Names.INSTANCE, "fresh" + i, ConstantDescs.CD_int);
        }
    }

    /** At the beginning of a case. */
    void load(long depth) {
        var own = reads.get(depth);
        for (var i = 0; i < chosen.size() && own != null; i++) {
            if (own.get(chosen.get(i))) {
                code.getstatic(Names.VIEWS, "FRESH_" + i, VIEW)
                        .aload(instance)
                        .invokevirtual(VIEW, "getOpaque", MethodTypeDesc.of(ConstantDescs.CD_int, Names.INSTANCE))
                        .istore(locals[chosen.get(i)]);
            }
        }
    }
}
