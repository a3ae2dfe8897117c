package dev.creel.component.fuzz;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Core code that answers what it likes; it is used for one instance. */
final class LyingGuest implements CoreModule, CoreCode {
    private static final int PAGE = 65_536;
    private static final int FLAT_MAX = 16;

    private final Random random;
    private final ValType result;
    private final boolean echo;
    private final CoreFuncType lifted;
    private final CoreFuncType lowered;
    private byte[] bytes = new byte[PAGE];
    private int top = PAGE / 2;
    private boolean echoed;

    LyingGuest(Random random, ValType param, ValType result, boolean echo) {
        this.random = random;
        this.result = result;
        this.echo = echo;
        var params = Flat.of(param);
        var results = Flat.of(result);
        var spilled = params.size() > FLAT_MAX ? List.of(ValueKind.I32) : params;
        this.lifted = new CoreFuncType(spilled, results.size() > 1 ? List.of(ValueKind.I32) : results);
        var withPointer = new ArrayList<>(spilled);
        if (results.size() > 1) {
            withPointer.add(ValueKind.I32);
        }
        this.lowered = new CoreFuncType(withPointer, results.size() > 1 ? List.of() : results);
        fill();
    }

    /** Noise, zeros, or numbers that may well be pointers and lengths. */
    private void fill() {
        switch (random.nextInt(4)) {
            case 0 -> random.nextBytes(bytes);
            case 1 -> {}
            case 2 -> {
                for (int at = 0; at < bytes.length; at += 4) {
                    int value = random.nextInt(random.nextBoolean() ? PAGE : 20) & ~(random.nextBoolean() ? 7 : 0);
                    bytes[at] = (byte) value;
                    bytes[at + 1] = (byte) (value >> 8);
                }
            }
            default -> Arrays.fill(bytes, (byte) (random.nextBoolean() ? 1 : 0x41));
        }
    }

    @Override
    public List<CoreImport> imports() {
        return List.of(new CoreImport("host", "take", new CoreType.Func(lowered)));
    }

    @Override
    public Map<String, CoreType> exports() {
        var exports = new LinkedHashMap<String, CoreType>();
        exports.put("f", new CoreType.Func(lifted));
        exports.put("realloc", new CoreType.Func(Flat.REALLOC));
        exports.put("memory", new CoreType.Memory(1, -1, false));
        return exports;
    }

    @Override
    public CoreInstance instantiate(List<? extends CoreExtern> given, CoreLimits limits) {
        var take = (CoreFunction) given.getFirst();
        var made = Map.<String, CoreExtern>of(
                "f",
                CoreFunction.host("f", lifted, args -> run(args, take)),
                "realloc",
                CoreFunction.host("realloc", Flat.REALLOC, this::reallocate),
                "memory",
                new Memory());
        return made::get;
    }

    private final class Memory implements CoreMemory {
        @Override
        public CoreType.Memory type() {
            return new CoreType.Memory(bytes.length / PAGE, -1, false);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public int size() {
            return bytes.length;
        }
    }

    private long[] run(long[] args, CoreFunction take) {
        if (echo && lifted.results().size() == 1 && args.length == 1) {
            // One value in, one out; or pointers to both, whose layouts agree.
            boolean samePassing = Flat.of(result).size() == 1 || Flat.of(result).size() > FLAT_MAX;
            if (samePassing) {
                echoed = true;
                return args;
            }
        }
        if (random.nextBoolean()) {
            take.call(noise(lowered.params()));
        }
        return noise(lifted.results());
    }

    boolean echoed() {
        return echoed;
    }

    /** What the host gives for what it took. */
    Object answer() {
        return new RandomTypes(random).value(result);
    }

    private long[] noise(List<ValueKind> kinds) {
        var values = new long[kinds.size()];
        for (int i = 0; i < values.length; i++) {
            long value = switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextInt(PAGE) & ~7;
                case 2 -> random.nextInt(20);
                default -> kinds.get(i) == ValueKind.I64 || kinds.get(i) == ValueKind.F64 ? random.nextLong() : -1;
            };
            values[i] = kinds.get(i) == ValueKind.I64 || kinds.get(i) == ValueKind.F64 ? value : value & 0xffff_ffffL;
        }
        return values;
    }

    private long[] reallocate(long[] args) {
        if (random.nextInt(30) == 0) {
            return new long[] {random.nextInt() & 0xffff_ffffL};
        }
        if (random.nextInt(10) == 0 && bytes.length < 4 * PAGE) {
            bytes = Arrays.copyOf(bytes, bytes.length + PAGE);
        }
        int align = Math.max(1, (int) args[2]);
        int at = (top + align - 1) / align * align;
        long end = at + (args[3] & 0xffff_ffffL);
        if (end > bytes.length) {
            return new long[] {0};
        }
        int old = (int) Math.min(args[1] & 0xffff_ffffL, args[3] & 0xffff_ffffL);
        System.arraycopy(bytes, (int) args[0], bytes, at, old);
        top = (int) end;
        return new long[] {at};
    }
}
