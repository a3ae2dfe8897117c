package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The types that values of a module have, the frequent ones several times. */
record Kinds(List<Kind> all) {
    static final List<Kind> NUMBERS = List.of(Kind.I32, Kind.I64, Kind.F32, Kind.F64);

    /** With references to functions of the first {@code referred} types, if those are wanted. */
    static Kinds of(Features features, int referred) {
        var all = new ArrayList<>(List.of(Kind.I32, Kind.I32, Kind.I64, Kind.I64, Kind.F32, Kind.F64));
        all.add(Kind.FUNCREF);
        all.add(Kind.EXTERNREF);
        if (features.vectors()) {
            all.addAll(List.of(Kind.V128, Kind.V128, Kind.V128));
        }
        if (features.exceptions()) {
            all.add(Kind.EXNREF);
        }
        for (int i = 0; i < referred; i++) {
            all.add(Kind.reference(i, true));
            all.add(Kind.reference(i, false));
        }
        return new Kinds(all);
    }

    Kind any(Random random) {
        return any(all, random);
    }

    List<Kind> some(Random random, int count) {
        return some(all, count, random);
    }

    /** The type of a function. */
    Signature signature(Random random) {
        boolean numbers = random.nextInt(3) > 0;
        return new Signature(
                some(numbers ? NUMBERS : all, random.nextInt(5), random),
                some(numbers ? NUMBERS : all, random.nextInt(4), random));
    }

    private static List<Kind> some(List<Kind> of, int count, Random random) {
        var kinds = new ArrayList<Kind>();
        for (int i = 0; i < count; i++) {
            kinds.add(any(of, random));
        }
        return kinds;
    }

    private static Kind any(List<Kind> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
