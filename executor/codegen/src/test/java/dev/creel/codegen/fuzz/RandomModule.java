package dev.creel.codegen.fuzz;

import dev.creel.codegen.fuzz.Shape.Imports;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A valid module with everything in it chosen by chance. Functions are exported as {@code f0, f1…}, tables as {@code t0…}, some globals as
 * {@code g0…}, memories as {@code m0…}, tags as {@code x0…}; besides, {@code refuel}, and what {@link Observers} writes.
 *
 * @param imports names of exports of the first module, in order
 */
record RandomModule(byte[] wasm, Shape shape, List<String> imports) {
    /** What functions get from {@link #of} before each call. */
    static final int FUEL = 400;

    private static final int PASSIVE_FUNCTIONS = 6;
    private static final int MAGIC = 0x6d736100;

    /** A module; if there is a {@code first}, one that imports from it. */
    static RandomModule of(Random random, Features features, @Nullable Shape first) {
        var shape = Shape.of(random, features, first);
        var types = Types.of(shape);
        var bodies = new Code();
        var own = own(shape.functions(), shape.imports().functions());
        bodies.number(own.size() + Observers.NAMES.size());
        for (var type : own) {
            types.index(type);
            bodies.then(new RandomBody(shape, types, type, random).write());
        }
        var observers = new Observers(shape, types);
        observers.bodies().forEach(body -> bodies.sized(body));
        shape.functions().forEach(types::index);
        Observers.TYPES.forEach(types::index);
        shape.tags().forEach(tag -> types.index(new Signature(tag, List.of())));
        var code = new Code().fixed(MAGIC, 4).fixed(1, 4);
        section(code, 1, types(types));
        section(code, 2, imports(shape, types));
        section(code, 3, functions(shape, types));
        section(code, 4, tables(shape));
        section(code, 5, memories(shape));
        if (features.exceptions()) {
            section(code, 13, tags(shape, types));
        }
        section(code, 6, globals(shape));
        section(code, 7, exports(shape));
        section(code, 9, elements(shape, random));
        section(code, 12, new Code().number(shape.segments()));
        section(code, 10, bodies);
        section(code, 11, data(shape, random));
        return new RandomModule(code.bytes(), shape, names(shape.imports()));
    }

    private static void section(Code code, int id, Code content) {
        code.raw(id).sized(content);
    }

    private static Code types(Types types) {
        var code = new Code().number(types.all().size());
        types.all().forEach(type -> code.raw(0x60).kinds(type.params()).kinds(type.results()));
        return code;
    }

    private static List<String> names(Imports imports) {
        var names = new ArrayList<String>();
        names('f', imports.functions(), names);
        names('g', imports.globals(), names);
        names('t', imports.tables(), names);
        names('m', imports.memories(), names);
        names('x', imports.tags(), names);
        return names;
    }

    private static void names(char kind, int count, List<String> names) {
        for (int i = 0; i < count; i++) {
            names.add(kind + String.valueOf(i));
        }
    }

    private static Code imports(Shape shape, Types types) {
        var names = names(shape.imports());
        var code = new Code().number(names.size());
        for (var name : names) {
            code.name("first").name(name);
            int index = Integer.parseInt(name.substring(1));
            switch (name.charAt(0)) {
                case 'f' -> code.raw(0).number(types.index(shape.functions().get(index)));
                case 'g' -> global(code.raw(3), shape.globals().get(index));
                case 't' -> table(code.raw(1), shape.tables().get(index));
                case 'm' -> memory(code.raw(2), shape.memories().get(index));
                default -> tag(code.raw(4), shape.tags().get(index), types);
            }
        }
        return code;
    }

    private static void global(Code code, Shape.Global global) {
        code.kind(global.kind()).raw(global.mutable() ? 1 : 0);
    }

    private static void table(Code code, Shape.Table table) {
        bounds(code.kind(table.element()), table.min(), table.max());
    }

    private static void memory(Code code, Shape.Memory memory) {
        bounds(code, memory.min(), memory.max());
    }

    private static void tag(Code code, List<Kind> tag, Types types) {
        code.raw(0).number(types.index(new Signature(tag, List.of())));
    }

    private static void bounds(Code code, int min, int max) {
        code.raw(1).number(min).number(max);
    }

    /** What is not imported. */
    private static <T> List<T> own(List<T> all, int imported) {
        return all.subList(imported, all.size());
    }

    private static Code functions(Shape shape, Types types) {
        var own = own(shape.functions(), shape.imports().functions());
        var code = new Code().number(own.size() + Observers.NAMES.size());
        own.forEach(type -> code.number(types.index(type)));
        Observers.TYPES.forEach(type -> code.number(types.index(type)));
        return code;
    }

    private static Code tables(Shape shape) {
        var own = own(shape.tables(), shape.imports().tables());
        var code = new Code().number(own.size());
        for (var table : own) {
            // No other segment fills it, and where null is not an element there has to be something.
            if (table.element().typed()) {
                table(code.raw(0x40, 0), table);
                initial(code, table.element().function(), shape);
            } else {
                table(code, table);
            }
        }
        return code;
    }

    private static void initial(Code code, int referred, Shape shape) {
        code.raw(0xd2).number(shape.ofType(referred)[0]).raw(0x0b);
    }

    private static Code memories(Shape shape) {
        var own = own(shape.memories(), shape.imports().memories());
        var code = new Code().number(own.size());
        own.forEach(memory -> memory(code, memory));
        return code;
    }

    private static Code tags(Shape shape, Types types) {
        var own = own(shape.tags(), shape.imports().tags());
        var code = new Code().number(own.size());
        own.forEach(tag -> tag(code, tag, types));
        return code;
    }

    private static Code globals(Shape shape) {
        var own = own(shape.globals(), shape.imports().globals());
        var code = new Code().number(own.size() + 1);
        for (var global : own) {
            global(code, global);
            if (global.kind().nullable()) {
                code.constant(global.kind(), global.bits()).raw(0x0b);
            } else {
                initial(code, global.kind().function(), shape);
            }
        }
        return code.kind(Kind.I32).raw(1).constant(Kind.I32, FUEL).raw(0x0b);
    }

    private static Code exports(Shape shape) {
        var code = new Code();
        int count = 0;
        for (int i = 0; i < shape.memories().size(); i++, count++) {
            code.name("m" + i).raw(2).number(i);
        }
        for (int i = 0; i < shape.tags().size(); i++, count++) {
            code.name("x" + i).raw(4).number(i);
        }
        for (int i = 0; i < shape.functions().size(); i++, count++) {
            code.name("f" + i).raw(0).number(i);
        }
        for (int i = 0; i < Observers.NAMES.size(); i++, count++) {
            code.name(Observers.NAMES.get(i)).raw(0).number(shape.functions().size() + i);
        }
        for (int i = 0; i < shape.tables().size(); i++, count++) {
            code.name("t" + i).raw(1).number(i);
        }
        for (int i = 0; i < shape.globals().size(); i++) {
            if (shape.globals().get(i).exported()) {
                code.name("g" + i).raw(3).number(i);
                count++;
            }
        }
        return new Code().number(count).then(code);
    }

    /** One passive segment, one that declares all functions, and one that fills part of each table of functions. */
    private static Code elements(Shape shape, Random random) {
        var code = new Code();
        code.raw(1, 0).number(PASSIVE_FUNCTIONS);
        for (int i = 0; i < PASSIVE_FUNCTIONS; i++) {
            code.number(random.nextInt(shape.functions().size()));
        }
        // Chicory wants references of a function to itself to be declared so, and not only by an export.
        code.raw(3, 0).number(shape.functions().size());
        for (int i = 0; i < shape.functions().size(); i++) {
            code.number(i);
        }
        int count = 2;
        for (int i = 0; i < shape.tables().size(); i++) {
            if (shape.tables().get(i).element().equals(Kind.FUNCREF)) {
                int length = 1 + random.nextInt(shape.tables().get(i).min());
                int at = random.nextInt(shape.tables().get(i).min() - length + 1);
                code.raw(2).number(i).raw(0x41).signed(at).raw(0x0b, 0).number(length);
                for (int j = 0; j < length; j++) {
                    code.number(random.nextInt(shape.functions().size()));
                }
                count++;
            }
        }
        return new Code().number(count).then(code);
    }

    private static Code data(Shape shape, Random random) {
        var code = new Code().number(shape.segments());
        for (int i = 0; i < shape.segments(); i++) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            int memory = shape.memories().size() == 1
                    ? 0
                    : random.nextInt(shape.memories().size());
            if (i == 0 || shape.memories().get(memory).min() == 0) {
                code.raw(1);
            } else {
                code.raw(memory == 0 ? new int[] {0} : new int[] {2, memory});
                code.raw(0x41).signed(random.nextInt(400)).raw(0x0b);
            }
            code.number(bytes.length);
            for (byte one : bytes) {
                code.raw(one);
            }
        }
        return code;
    }

    /** Whether the host calls this function. */
    boolean callable(int function) {
        return Shape.callable(type(function));
    }

    Signature type(int function) {
        return shape.functions().get(function);
    }
}
