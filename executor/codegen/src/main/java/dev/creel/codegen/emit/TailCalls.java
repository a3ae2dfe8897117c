package dev.creel.codegen.emit;

import java.util.BitSet;
import java.util.List;

/** Which functions make tail calls, and of what. Modules without have none of what serves them. */
final class TailCalls {
    private final BitSet callers = new BitSet();
    private final BitSet targets;
    private final BitSet indirect = new BitSet();
    private final BitSet types = new BitSet();

    /**
     * @param functions for each function its place among the types
     * @param canonical for each of the module's types its place among them
     */
    TailCalls(Survey survey, int imported, int[] functions, int[] canonical) {
        survey.tailCallers().stream().forEach(own -> callers.set(imported + own));
        this.targets = survey.tailTargets();
        targets.stream().forEach(function -> types.set(functions[function]));
        survey.tailTypes().stream().forEach(type -> indirect.set(canonical[type]));
        types.or(indirect);
    }

    boolean isCaller(int function) {
        return callers.get(function);
    }

    /** The method that may return with a call pending, or the function's own if it makes none. */
    String method(int function) {
        return isCaller(function) ? "t" + function : Layout.method(function);
    }

    /** Functions of a type that tail calls may be of. */
    List<Integer> candidates(int type, Layout layout) {
        var all = new BitSet();
        targets.stream().filter(i -> layout.functions()[i] == type).forEach(all::set);
        if (indirect.get(type)) {
            layout.candidates(type).forEach(all::set);
        }
        return all.stream().boxed().toList();
    }

    /** Whether tail calls may be of functions of this type. */
    boolean isType(int type) {
        return types.get(type);
    }

    /** Types of functions that tail calls may be of. */
    List<Integer> types() {
        return types.stream().boxed().toList();
    }
}
