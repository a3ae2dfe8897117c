package dev.creel.component.binary;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import java.util.IdentityHashMap;
import java.util.Map;

/** Knows of each type of instances and components how much is in it; each part is looked at once. Not thread-safe. */
final class ExternFacts {
    private final TypeFacts values;
    private final IdentityHashMap<Object, Facts> known = new IdentityHashMap<>();

    /**
     * How much there is.
     *
     * @param nodes parts, shared ones counted at each use
     * @param depth levels of instances and components, not of values
     */
    record Facts(long nodes, int depth) {
        private static final Facts NONE = new Facts(0, 0);
        private static final Facts ONE = new Facts(1, 0);

        private Facts and(Facts other) {
            return new Facts(nodes + other.nodes, Math.max(depth, other.depth));
        }

        private Facts deeper() {
            return new Facts(nodes, depth + 1);
        }
    }

    ExternFacts(TypeFacts values) {
        this.values = values;
    }

    Facts of(Map<String, ExternType> exports) {
        var facts = known.get(exports);
        if (facts == null) {
            facts = Facts.NONE;
            for (var one : exports.values()) {
                facts = facts.and(Facts.ONE).and(of(one));
            }
            facts = facts.deeper();
            known.put(exports, facts);
        }
        return facts;
    }

    Facts of(ComponentType type) {
        var facts = known.get(type);
        if (facts == null) {
            facts = of(type.imports()).and(of(type.exports())).deeper();
            known.put(type, facts);
        }
        return facts;
    }

    private Facts of(ExternType type) {
        return switch (type) {
            case ExternType.Module(var module) ->
                new Facts(1L + module.imports().size() + module.exports().size(), 0);
            case ExternType.Func(var func) -> of(func);
            case ExternType.Type(var definition) -> of(definition);
            case ExternType.Component(var component) -> of(component);
            case ExternType.Instance(var exports) -> of(exports);
        };
    }

    private Facts of(TypeDefinition type) {
        return switch (type) {
            case TypeDefinition.Value(var value) -> of(value);
            case TypeDefinition.Func(var func) -> of(func);
            case TypeDefinition.Resource _ -> Facts.ONE;
            case TypeDefinition.Component(var component) -> of(component);
            case TypeDefinition.Instance(var instance) -> of(instance.exports());
        };
    }

    private Facts of(FuncType type) {
        var facts = known.get(type);
        if (facts == null) {
            facts = Facts.ONE;
            for (var param : type.params()) {
                facts = facts.and(of(param.type()));
            }
            if (type.result().isPresent()) {
                facts = facts.and(of(type.result().get()));
            }
            known.put(type, facts);
        }
        return facts;
    }

    private Facts of(ValType type) {
        return new Facts(values.of(type).nodes(), 0);
    }
}
