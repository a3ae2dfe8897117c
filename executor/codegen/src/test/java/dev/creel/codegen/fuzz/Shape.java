package dev.creel.codegen.fuzz;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a random module has, before its functions have bodies. What it imports is what comes first of each kind.
 *
 * @param functions the type of each
 * @param imports how many of each kind come from the first module
 */
record Shape(
        List<CoreFuncType> functions,
        List<Global> globals,
        List<Table> tables,
        Memory memory,
        int segments,
        Imports imports) {
    private static final List<ValueKind> NUMBERS = List.of(ValueKind.I32, ValueKind.I64, ValueKind.F32, ValueKind.F64);
    private static final List<ValueKind> ALL = List.of(
            ValueKind.I32,
            ValueKind.I32,
            ValueKind.I64,
            ValueKind.I64,
            ValueKind.F32,
            ValueKind.F64,
            ValueKind.FUNCREF,
            ValueKind.EXTERNREF);

    /** A global; an immutable one is as it began. */
    record Global(ValueKind kind, boolean mutable, boolean exported, long bits) {}

    /** A table and its bounds. */
    record Table(ValueKind element, int min, int max) {}

    /** The memory and its bounds, in pages. */
    record Memory(int min, int max) {}

    /** How many functions, globals, tables and memories are imported. */
    record Imports(int functions, int globals, int tables, int memories) {
        static final Imports NONE = new Imports(0, 0, 0, 0);
    }

    /** One that imports from {@code first}, if there is one, which exports what comes first. */
    static Shape of(Random random, @Nullable Shape first) {
        var functions = new ArrayList<CoreFuncType>();
        var globals = new ArrayList<Global>();
        var tables = new ArrayList<Table>();
        var memory = new Memory(random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(2), 2 + random.nextInt(2));
        var imports = Imports.NONE;
        if (first != null) {
            imports = imports(random, first);
            functions.addAll(first.functions.subList(0, imports.functions()));
            globals.addAll(first.globals.subList(0, imports.globals()));
            tables.addAll(first.tables.subList(0, imports.tables()));
            memory = imports.memories() == 1 ? first.memory : memory;
        }
        var types = new ArrayList<CoreFuncType>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            types.add(type(random));
        }
        // The first function can be called by the host; several have the same type, for indirect calls.
        functions.add(new CoreFuncType(List.of(ValueKind.I32, ValueKind.I64), List.of(ValueKind.I32)));
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            functions.add(types.get(random.nextInt(types.size())));
        }
        int exported = random.nextInt(4);
        for (int i = random.nextInt(8); i > 0; i--) {
            var kind = any(ALL, random);
            globals.add(new Global(kind, random.nextInt(5) > 0, exported-- > 0, new Constants(random).of(kind)));
        }
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int min = 4 + random.nextInt(12);
            // There is always one of functions.
            var element = i == 1 && tables.size() > imports.tables() && random.nextInt(2) == 0
                    ? ValueKind.EXTERNREF
                    : ValueKind.FUNCREF;
            tables.add(new Table(element, min, min + random.nextInt(12)));
        }
        return new Shape(functions, globals, tables, memory, 1 + random.nextInt(3), imports);
    }

    private static Imports imports(Random random, Shape first) {
        int globals = 0;
        while (globals < first.globals.size() && first.globals.get(globals).exported()) {
            globals++;
        }
        return new Imports(
                1 + random.nextInt(first.functions.size()),
                random.nextInt(globals + 1),
                random.nextInt(first.tables.size() + 1),
                random.nextInt(3) > 0 ? 1 : 0);
    }

    private static CoreFuncType type(Random random) {
        boolean numbers = random.nextInt(3) > 0;
        return new CoreFuncType(
                kinds(numbers ? NUMBERS : ALL, random.nextInt(5), random),
                kinds(numbers ? NUMBERS : ALL, random.nextInt(4), random));
    }

    static List<ValueKind> kinds(Random random, int count) {
        return kinds(ALL, count, random);
    }

    private static List<ValueKind> kinds(List<ValueKind> of, int count, Random random) {
        var kinds = new ArrayList<ValueKind>();
        for (int i = 0; i < count; i++) {
            kinds.add(any(of, random));
        }
        return kinds;
    }

    static ValueKind any(Random random) {
        return any(ALL, random);
    }

    private static ValueKind any(List<ValueKind> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    /** Whether the host can call functions of this type with numbers and read what they answer. */
    static boolean callable(CoreFuncType type) {
        return NUMBERS.containsAll(type.params()) && NUMBERS.containsAll(type.results());
    }
}
