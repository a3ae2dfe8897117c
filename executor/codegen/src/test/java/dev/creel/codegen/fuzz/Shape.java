package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a random module has, before its functions have bodies. What it imports is what comes first of each kind.
 *
 * @param referred the types of functions that there are references of; they come first among all types, and a function has each
 * @param functions the type of each
 * @param tags what the exceptions of each carry
 * @param imports how many of each kind come from the first module
 */
record Shape(
        Features features,
        Kinds kinds,
        List<Signature> referred,
        List<Signature> functions,
        List<Global> globals,
        List<Table> tables,
        List<Memory> memories,
        List<List<Kind>> tags,
        int segments,
        Imports imports) {

    /** A global; an immutable one is as it began. */
    record Global(Kind kind, boolean mutable, boolean exported, long bits) {}

    /** A table and its bounds. */
    record Table(Kind element, int min, int max) {}

    /** A memory and its bounds, in pages. */
    record Memory(int min, int max) {}

    /** How many functions, globals, tables, memories and tags are imported. */
    record Imports(int functions, int globals, int tables, int memories, int tags) {
        static final Imports NONE = new Imports(0, 0, 0, 0, 0);
    }

    /** One that imports from {@code first}, if there is one, which exports what comes first. */
    static Shape of(Random random, Features features, @Nullable Shape first) {
        var functions = new ArrayList<Signature>();
        var globals = new ArrayList<Global>();
        var tables = new ArrayList<Table>();
        var memories = new ArrayList<Memory>();
        var tags = new ArrayList<List<Kind>>();
        var own = new Memory(random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(2), 2 + random.nextInt(2));
        var imports = Imports.NONE;
        if (first != null) {
            imports = imports(random, first);
            functions.addAll(first.functions.subList(0, imports.functions()));
            globals.addAll(first.globals.subList(0, imports.globals()));
            tables.addAll(first.tables.subList(0, imports.tables()));
            memories.addAll(first.memories.subList(0, imports.memories()));
            tags.addAll(first.tags.subList(0, imports.tags()));
        }
        if (memories.isEmpty()) {
            memories.add(features.careful() && own.min() == 0 ? new Memory(1, own.max()) : own);
        }
        var referred = referred(random, features, first);
        var kinds = Kinds.of(features, referred.size());
        functions(random, kinds, referred, functions);
        int exported = random.nextInt(4);
        for (int i = random.nextInt(8); i > 0; i--) {
            var kind = kinds.any(random);
            globals.add(new Global(kind, random.nextInt(5) > 0, exported-- > 0, new Constants(random).of(kind)));
        }
        tables(random, imports.tables(), referred.size(), tables);
        int segments = 1 + random.nextInt(3);
        if (features.memories()) {
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                memories.add(new Memory(features.careful() ? 1 : random.nextInt(2), 1 + random.nextInt(2)));
            }
        }
        if (features.exceptions()) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                tags.add(kinds.some(random, random.nextInt(4)));
            }
        }
        return new Shape(features, kinds, referred, functions, globals, tables, memories, tags, segments, imports);
    }

    private static Imports imports(Random random, Shape first) {
        int globals = 0;
        while (globals < first.globals.size() && first.globals.get(globals).exported()) {
            globals++;
        }
        int functions = 1 + random.nextInt(first.functions.size());
        int given = random.nextInt(globals + 1);
        int tables = random.nextInt(first.tables.size() + 1);
        int memories = random.nextInt(3) > 0 ? 1 : 0;
        if (memories == 1 && first.memories.size() > 1) {
            memories += random.nextInt(first.memories.size());
        }
        int tags = first.tags.isEmpty() ? 0 : random.nextInt(first.tags.size() + 1);
        return new Imports(functions, given, tables, memories, tags);
    }

    private static List<Signature> referred(Random random, Features features, @Nullable Shape first) {
        var referred = new ArrayList<>(first == null ? List.<Signature>of() : first.referred);
        if (features.references()) {
            var plain = Kinds.of(features, 0);
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                var type = plain.signature(random);
                if (!referred.contains(type)) {
                    referred.add(type);
                }
            }
        }
        return referred;
    }

    private static void functions(Random random, Kinds kinds, List<Signature> referred, List<Signature> functions) {
        var types = new ArrayList<Signature>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            types.add(kinds.signature(random));
        }
        // The first function can be called by the host; several have the same type, for indirect calls.
        functions.add(new Signature(List.of(Kind.I32, Kind.I64), List.of(Kind.I32)));
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            functions.add(types.get(random.nextInt(types.size())));
        }
        functions.addAll(referred);
    }

    private static void tables(Random random, int imported, int referred, List<Table> tables) {
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int min = 4 + random.nextInt(12);
            // There is always one of functions.
            var element = i == 1 && tables.size() > imported && random.nextInt(2) == 0 ? Kind.EXTERNREF : Kind.FUNCREF;
            tables.add(new Table(element, min, min + random.nextInt(12)));
        }
        if (referred > 0) {
            int min = 4 + random.nextInt(12);
            var element = Kind.reference(random.nextInt(referred), random.nextInt(3) > 0);
            tables.add(new Table(element, min, min + random.nextInt(12)));
        }
    }

    /** Functions of a type that there are references of. */
    int[] ofType(int referred) {
        return IntStream.range(0, functions.size())
                .filter(i -> functions.get(i).equals(this.referred.get(referred)))
                .toArray();
    }

    /** Whether the host can call functions of this type with numbers and read what they answer. */
    static boolean callable(Signature type) {
        return Kinds.NUMBERS.containsAll(type.params()) && Kinds.NUMBERS.containsAll(type.results());
    }
}
