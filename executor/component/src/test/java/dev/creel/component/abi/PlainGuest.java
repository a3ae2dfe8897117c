package dev.creel.component.abi;

import static dev.creel.component.abi.TestPlan.func;
import static dev.creel.component.abi.TestPlan.options;

import dev.creel.component.plan.CanonOptions;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code plain.wasm} as a component: its functions and what it imports. */
final class PlainGuest {
    static final ValType[] SEVENTEEN =
            java.util.Collections.nCopies(17, Primitive.U64).toArray(ValType[]::new);
    static final FuncType SHOUT = func(Primitive.STRING, Primitive.STRING);
    static final ValType PAIR = new ValType.Tuple(List.of(Primitive.U32, Primitive.U64));

    final List<Long> told = new ArrayList<>();
    final FuncRef shout;
    final FuncRef tell;
    private final int core;
    private final int instance;
    private final StringEncoding encoding;

    /** Adds an instance of it to {@code plan}, its {@code shout} importing {@code shouting}, or the host if that is null. */
    PlainGuest(TestPlan plan, int parent, String name, StringEncoding encoding, @Nullable FuncRef shouting) {
        this.instance = plan.instance(parent);
        this.core = plan.nextModule();
        this.encoding = encoding;
        var sum = plan.host("sum" + name, func(Primitive.U64, SEVENTEEN), (store, args) -> {
            long total = 0;
            for (var arg : args) {
                total += (long) arg;
            }
            return total;
        });
        var pair = plan.host("pair" + name, func(PAIR), (store, args) -> new Object[] {7L, 1L << 40});
        var hostShout =
                plan.host("shout" + name, SHOUT, (store, args) -> ((String) args[0]).toUpperCase(Locale.ROOT) + "!");
        var hostTell = plan.host("tell" + name, func(null, Primitive.U32), (store, args) -> {
            told.add((long) args[0]);
            return null;
        });
        plan.module(
                "plain",
                instance,
                lowered(sum),
                lowered(pair),
                lowered(shouting == null ? hostShout : shouting),
                lowered(hostTell));
        this.shout = lifted("shout", SHOUT, "post");
        this.tell = lifted("tell", func(null, Primitive.U32), null);
    }

    FuncRef lifted(String export, FuncType type, @Nullable String postReturn) {
        return new FuncRef.Lifted(new CoreRef.Export(core, export), type, canon(postReturn), instance);
    }

    private CoreRef lowered(FuncRef function) {
        return new CoreRef.Lowered(function, canon(null), instance);
    }

    private CanonOptions canon(@Nullable String postReturn) {
        return options(core, encoding, postReturn);
    }

    /** Exports everything, names ending in {@code suffix}. */
    void exportAll(TestPlan plan, String suffix) {
        plan.export("sum" + suffix, lifted("sum", func(Primitive.U64, SEVENTEEN), null));
        plan.export("pair" + suffix, lifted("pair", func(PAIR), "post"));
        plan.export("shout" + suffix, shout);
        plan.export("shout-calling-out" + suffix, lifted("shout", SHOUT, "post-calling-out"));
        plan.export("length" + suffix, lifted("length", func(Primitive.U32, new ValType.ListOf(Primitive.U64)), null));
        plan.export(
                "address" + suffix, lifted("address", func(Primitive.U32, new ValType.ListOf(Primitive.U64)), null));
        plan.export("tell" + suffix, tell);
        plan.export("mode" + suffix, lifted("mode", func(null, Primitive.U32), null));
        plan.export("reallocs" + suffix, lifted("reallocs", func(Primitive.U32), null));
        plan.export("posts" + suffix, lifted("posts", func(Primitive.U32), null));
        plan.export("posted" + suffix, lifted("posted", func(Primitive.U32), null));
        plan.export("raw-u8" + suffix, lifted("raw", func(Primitive.U8, Primitive.U32), null));
        plan.export("raw-s8" + suffix, lifted("raw", func(Primitive.S8, Primitive.U32), null));
        plan.export("raw-char" + suffix, lifted("raw", func(Primitive.CHAR, Primitive.U32), null));
        plan.export("amplified" + suffix, lifted("amplified", func(new ValType.ListOf(Primitive.STRING)), null));
        plan.export("trap" + suffix, lifted("trap", func(null), null));
    }
}
