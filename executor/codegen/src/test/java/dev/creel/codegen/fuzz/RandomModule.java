package dev.creel.codegen.fuzz;

import dev.creel.codegen.fuzz.Shape.Imports;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A valid module with everything in it chosen by chance. Functions are exported as {@code f0, f1…}, tables as {@code t0…}, some globals as
 * {@code g0…}, the memory as {@code memory}; besides, {@code refuel}, and what {@link Observers} writes.
 *
 * @param imports names of exports of the first module, in order
 */
record RandomModule(byte[] wasm, Shape shape, List<String> imports) {
    /** What functions get from {@link #of} before each call. */
    static final int FUEL = 400;

    private static final int PASSIVE_FUNCTIONS = 6;
    private static final int MAGIC = 0x6d736100;

    /** A module; if there is a {@code first}, one that imports from it. */
    static RandomModule of(Random random, @Nullable Shape first) {
        var shape = Shape.of(random, first);
        var types = new Types(shape.globals().size());
        var bodies = new Code();
        int own = shape.functions().size() - shape.imports().functions();
        bodies.number(own + Observers.NAMES.size());
        for (var type : shape.functions()
                .subList(shape.imports().functions(), shape.functions().size())) {
            types.index(type);
            bodies.then(new RandomBody(shape, types, type, random).write());
        }
        var observers = new Observers(shape, types);
        observers.bodies().forEach(body -> bodies.sized(body));
        shape.functions().forEach(types::index);
        Observers.TYPES.forEach(types::index);
        var code = new Code().fixed(MAGIC, 4).fixed(1, 4);
        section(code, 1, types(types));
        section(code, 2, imports(shape, types));
        section(code, 3, functions(shape, types));
        section(code, 4, tables(shape));
        section(code, 5, memories(shape));
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
        var names = new java.util.ArrayList<String>();
        for (int i = 0; i < imports.functions(); i++) {
            names.add("f" + i);
        }
        for (int i = 0; i < imports.globals(); i++) {
            names.add("g" + i);
        }
        for (int i = 0; i < imports.tables(); i++) {
            names.add("t" + i);
        }
        if (imports.memories() == 1) {
            names.add("memory");
        }
        return names;
    }

    private static Code imports(Shape shape, Types types) {
        var names = names(shape.imports());
        var code = new Code().number(names.size());
        for (var name : names) {
            code.name("first").name(name);
            if (name.equals("memory")) {
                bounds(code.raw(2), shape.memory().min(), shape.memory().max());
                continue;
            }
            int index = Integer.parseInt(name.substring(1));
            switch (name.charAt(0)) {
                case 'f' -> code.raw(0).number(types.index(shape.functions().get(index)));
                case 'g' -> kind(code.raw(3), shape.globals().get(index));
                default -> table(code.raw(1), shape.tables().get(index));
            }
        }
        return code;
    }

    private static void kind(Code code, Shape.Global global) {
        code.raw(Code.code(global.kind()), global.mutable() ? 1 : 0);
    }

    private static void table(Code code, Shape.Table table) {
        bounds(code.raw(Code.code(table.element())), table.min(), table.max());
    }

    private static void bounds(Code code, int min, int max) {
        code.raw(1).number(min).number(max);
    }

    private static Code functions(Shape shape, Types types) {
        var own = shape.functions()
                .subList(shape.imports().functions(), shape.functions().size());
        var code = new Code().number(own.size() + Observers.NAMES.size());
        own.forEach(type -> code.number(types.index(type)));
        Observers.TYPES.forEach(type -> code.number(types.index(type)));
        return code;
    }

    private static Code tables(Shape shape) {
        var own =
                shape.tables().subList(shape.imports().tables(), shape.tables().size());
        var code = new Code().number(own.size());
        own.forEach(table -> table(code, table));
        return code;
    }

    private static Code memories(Shape shape) {
        var code = new Code().number(1 - shape.imports().memories());
        if (shape.imports().memories() == 0) {
            bounds(code, shape.memory().min(), shape.memory().max());
        }
        return code;
    }

    private static Code globals(Shape shape) {
        var own = shape.globals()
                .subList(shape.imports().globals(), shape.globals().size());
        var code = new Code().number(own.size() + 1);
        for (var global : own) {
            kind(code, global);
            code.constant(global.kind(), global.bits()).raw(0x0b);
        }
        return code.raw(Code.code(ValueKind.I32), 1)
                .constant(ValueKind.I32, FUEL)
                .raw(0x0b);
    }

    private static Code exports(Shape shape) {
        var code = new Code();
        int count = 1;
        code.name("memory").raw(2, 0);
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
            if (shape.tables().get(i).element() == ValueKind.FUNCREF) {
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
            if (i == 0 || shape.memory().min() == 0) {
                code.raw(1);
            } else {
                code.raw(0, 0x41).signed(random.nextInt(400)).raw(0x0b);
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

    CoreFuncType type(int function) {
        return shape.functions().get(function);
    }
}
