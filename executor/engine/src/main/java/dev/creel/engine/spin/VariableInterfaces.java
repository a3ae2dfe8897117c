package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.engine.variables.Variables;
import dev.creel.engine.variables.Variables.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reading variables, in the three shapes that there are. Each call looks them up anew. */
final class VariableInterfaces {
    private VariableInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(spin2(), spin1(), wasiConfig());
    }

    private static HostInterface spin2() {
        var wit = SpinWit.of("fermyon:spin/variables@2.0.0");
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function("get", (store, args) -> switch (variables(store).resolve((String) args[0])) {
                    case Variable.Value(var text) -> Result.Value.ok(text);
                    case Variable.Undefined(var why) -> errors.failure("undefined", why);
                    case Variable.InvalidName(var why) -> errors.failure("invalid-name", why);
                    case Variable.Unavailable(var why) -> errors.failure("provider", why);
                })
                .build();
    }

    private static HostInterface spin1() {
        var wit = SpinWit.of("fermyon:spin/config");
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function(
                        "get-config", (store, args) -> switch (variables(store).resolve((String) args[0])) {
                            case Variable.Value(var text) -> Result.Value.ok(text);
                            case Variable.InvalidName(var why) -> errors.failure("invalid-key", why);
                            case Variable.Undefined(var why) -> errors.failure("provider", why);
                            case Variable.Unavailable(var why) -> errors.failure("provider", why);
                        })
                .build();
    }

    private static HostInterface wasiConfig() {
        var wit = SpinWit.of("wasi:config/store@0.2.0-draft-2024-09-27");
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function("get", (store, args) -> switch (variables(store).resolve((String) args[0])) {
                    case Variable.Value(var text) -> Result.Value.ok(Optional.of(text));
                    case Variable.InvalidName ignored -> Result.Value.ok(Optional.empty());
                    case Variable.Undefined ignored -> Result.Value.ok(Optional.empty());
                    case Variable.Unavailable(var why) -> errors.failure("upstream", why);
                })
                .function("get-all", (store, args) -> getAll(variables(store), errors))
                .build();
    }

    private static Result.Value getAll(Variables variables, Errors errors) {
        var all = new ArrayList<Object[]>();
        for (var name : variables.names()) {
            switch (variables.resolve(name)) {
                case Variable.Value(var text) -> all.add(new Object[] {name, text});
                case Variable.Unavailable(var why) -> {
                    return errors.failure("upstream", why);
                }
                case Variable.InvalidName(var why) -> throw new IllegalStateException(why);
                case Variable.Undefined(var why) -> throw new IllegalStateException(why);
            }
        }
        return Result.Value.ok(all);
    }

    private static Variables variables(Store store) {
        return store.context(SpinContext.class).variables();
    }
}
