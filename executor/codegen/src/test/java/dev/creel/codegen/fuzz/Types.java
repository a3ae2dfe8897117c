package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * The types of a module, which its functions add to, and the indices of what they need.
 *
 * @param fuel the global that calls and jumps back take from
 */
record Types(List<Signature> all, int fuel) {
    /** The segment of elements that no table begins with. */
    static final int PASSIVE = 0;

    private static final int NOTHING = 0x40;

    /** The types of a module that begins with those it refers to. */
    static Types of(Shape shape) {
        return new Types(new ArrayList<>(shape.referred()), shape.globals().size());
    }

    int index(Signature type) {
        int index = all.indexOf(type);
        if (index >= 0) {
            return index;
        }
        all.add(type);
        return all.size() - 1;
    }

    /** The type of a block, in its short form where there is one. */
    void block(List<Kind> params, List<Kind> results, Code code) {
        if (params.isEmpty() && results.isEmpty()) {
            code.raw(NOTHING);
        } else if (params.isEmpty() && results.size() == 1) {
            code.kind(results.getFirst());
        } else {
            code.signed(index(new Signature(params, results)));
        }
    }
}
