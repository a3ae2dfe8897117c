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
import java.util.Map;
import java.util.Optional;

/** What the decoding of one component shares over everything nested in it: limits, counters, facts about types. */
final class Session {
    private static final int FLAT_PARAMS_MAX = 16;
    private static final int FLAT_ASYNC_PARAMS_MAX = 4;
    private static final long BYTES_MAX = 1L << 28;
    private static final List<ValueKind> I32 = List.of(ValueKind.I32);

    final CoreEngine engine;
    final ComponentLimits limits;
    final WorkBudget work;
    final TypeFacts facts = new TypeFacts();
    private final ExternFacts externs = new ExternFacts(facts);
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
        if (facts.wide() >= BYTES_MAX) {
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

    /** Refuses exports of an instance that are too many or too deep, counted with everything in them. */
    Map<String, ExternType> checked(Input in, Map<String, ExternType> exports) {
        checkExtern(in, externs.of(exports));
        return exports;
    }

    /** Refuses a component type that is too large, counted with everything in it. */
    ComponentType checked(Input in, ComponentType type) {
        checkExtern(in, externs.of(type));
        return type;
    }

    private void checkExtern(Input in, ExternFacts.Facts facts) {
        checkSize(in, facts.nodes());
        if (facts.depth() > limits.typeDepth()) {
            throw in.wrong(Kind.TOO_LARGE, "instances are nested deeper than " + limits.typeDepth() + " levels");
        }
    }

    private void checkSize(Input in, long nodes) {
        if (nodes > limits.typeSize()) {
            throw in.wrong(Kind.TOO_LARGE, "a type has more than " + limits.typeSize() + " parts");
        }
    }

    /** What a function needs that nothing can be linked with yet, as messages name it, or empty. */
    String later(FuncType type) {
        if (type.async()) {
            return "async functions";
        }
        var result = type.result().map(one -> facts.of(one).later()).orElse("");
        return params(type).later().isEmpty() ? result : params(type).later();
    }

    /** The same of the functions of an import. */
    String later(ExternType type) {
        return switch (type) {
            case ExternType.Func(var func) -> later(func);
            case ExternType.Instance(var exports) ->
                exports.values().stream()
                        .map(this::later)
                        .filter(one -> !one.isEmpty())
                        .findFirst()
                        .orElse("");
            case ExternType.Type _, ExternType.Component _, ExternType.Module _ -> "";
        };
    }

    /** How a function appears in core WebAssembly when it is lifted. */
    Flattened lifted(FuncType type, boolean async, boolean callback) {
        var params = params(type);
        boolean spill = params.flat().size() > FLAT_PARAMS_MAX;
        var result = type.result().map(facts::of);
        List<ValueKind> results = result.map(TypeFacts.Facts::flat).orElse(List.of());
        boolean memory = spill || params.points();
        if (async) {
            // The result leaves by task.return, which has options of its own.
            results = callback ? I32 : List.of();
        } else {
            memory |= results.size() > 1 || (result.isPresent() && result.get().points());
            results = results.size() > 1 ? I32 : results;
        }
        return new Flattened(new CoreFuncType(spill ? I32 : params.flat(), results), memory, spill || params.points());
    }

    /** How a function appears in core WebAssembly when it is lowered. */
    Flattened lowered(FuncType type, boolean async) {
        var params = params(type);
        boolean spill = params.flat().size() > (async ? FLAT_ASYNC_PARAMS_MAX : FLAT_PARAMS_MAX);
        var result = type.result().map(facts::of);
        List<ValueKind> results = result.map(TypeFacts.Facts::flat).orElse(List.of());
        boolean pointsResult = result.isPresent() && result.get().points();
        boolean spillResult = async ? result.isPresent() : results.size() > 1;
        var core = new ArrayList<ValueKind>(spill ? I32 : params.flat());
        if (spillResult) {
            core.add(ValueKind.I32);
        }
        boolean memory = spill || spillResult || params.points() || pointsResult;
        return new Flattened(
                new CoreFuncType(core, async ? I32 : spillResult ? List.of() : results), memory, pointsResult);
    }

    /** How {@code task.return} takes a result: as if it were the parameters of a function. */
    Flattened returned(Optional<ValType> result) {
        var facts = this.facts.sequence(result.stream().toList());
        boolean spill = facts.flat().size() > FLAT_PARAMS_MAX;
        return new Flattened(new CoreFuncType(spill ? I32 : facts.flat(), List.of()), spill || facts.points(), false);
    }

    /** @param type in core WebAssembly */
    record Flattened(CoreFuncType type, boolean needsMemory, boolean needsRealloc) {}

    private TypeFacts.Facts params(FuncType type) {
        return facts.sequence(type.params().stream().map(ValType.Field::type).toList());
    }
}
