package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.WorkBudget;
import java.util.ArrayList;
import java.util.List;

/** What the decoding of one component shares over everything nested in it: limits, counters, facts about types. */
final class Session {
    private static final int FLAT_PARAMS_MAX = 16;
    private static final long BYTES_MAX = 1L << 28;

    final CoreEngine engine;
    final ComponentLimits limits;
    final WorkBudget work;
    final TypeFacts facts = new TypeFacts();
    private int modules;
    private int components;
    private int instances;
    private int definitions;

    Session(CoreEngine engine, ComponentLimits limits) {
        this.engine = engine;
        this.limits = limits;
        this.work = new WorkBudget(
                limits.typeWork(),
                () -> new InvalidComponentException(
                        Kind.TOO_LARGE, 0, "checking the types of this component takes too many steps"));
    }

    /** Counts one more core module and answers its number. */
    int module(Input in) {
        return count(in, ++modules, limits.modules(), "core modules") - 1;
    }

    void component(Input in) {
        count(in, ++components, limits.components(), "components");
    }

    void instance(Input in) {
        count(in, ++instances, limits.instances(), "instances");
    }

    void definition(Input in) {
        count(in, ++definitions, limits.definitions(), "definitions");
    }

    private static int count(Input in, int now, int max, String what) {
        if (now > max) {
            throw in.wrong(Kind.TOO_LARGE, "the component has more than " + max + " " + what);
        }
        return now;
    }

    /** Refuses a value type that is too large in any respect. */
    ValType checked(Input in, ValType type) {
        var facts = this.facts.of(type);
        checkSize(in, facts.nodes());
        if (facts.depth() > limits.typeDepth()) {
            throw in.wrong(Kind.TOO_LARGE, "a type is nested deeper than " + limits.typeDepth() + " levels");
        }
        if (facts.size() >= BYTES_MAX) {
            throw in.invalid("a value of this type takes 2^28 bytes or more");
        }
        return type;
    }

    /** Refuses a function type that is too large, or that lends in its result. */
    FuncType checked(Input in, FuncType type) {
        var params = params(type);
        checkSize(
                in,
                params.nodes() + type.result().map(one -> facts.of(one).nodes()).orElse(0L));
        if (params.size() >= BYTES_MAX) {
            throw in.invalid("the parameters take 2^28 bytes or more");
        }
        if (type.result().isPresent() && facts.of(type.result().get()).borrows()) {
            throw in.invalid("a function cannot return a borrow");
        }
        return type;
    }

    private void checkSize(Input in, long nodes) {
        if (nodes > limits.typeSize()) {
            throw in.wrong(Kind.TOO_LARGE, "a type has more than " + limits.typeSize() + " parts");
        }
    }

    /** How a function appears in core WebAssembly, and what its options must provide. */
    Flattened flatten(FuncType type, boolean lower) {
        var params = params(type);
        var result = type.result().map(facts::of);
        boolean spillParams = params.flat().size() > FLAT_PARAMS_MAX;
        boolean spillResult = result.isPresent() && result.get().flat().size() > 1;
        boolean pointsResult = result.isPresent() && result.get().points();
        var core = new ArrayList<ValueKind>(spillParams ? List.of(ValueKind.I32) : params.flat());
        List<ValueKind> results = result.map(TypeFacts.Facts::flat).orElse(List.of());
        if (spillResult) {
            results = lower ? List.of() : List.of(ValueKind.I32);
            if (lower) {
                core.add(ValueKind.I32);
            }
        }
        boolean memory = spillParams || spillResult || params.points() || pointsResult;
        boolean realloc = lower ? pointsResult : params.points() || spillParams;
        return new Flattened(new CoreFuncType(core, results), memory, realloc);
    }

    /** @param type in core WebAssembly */
    record Flattened(CoreFuncType type, boolean needsMemory, boolean needsRealloc) {}

    private TypeFacts.Facts params(FuncType type) {
        return facts.sequence(type.params().stream().map(ValType.Field::type).toList());
    }
}
