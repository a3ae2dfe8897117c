package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** Language models: grants are checked; no model is behind them yet. */
final class LlmInterfaces {
    private LlmInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(bind("fermyon:spin/llm@2.0.0"), bind("fermyon:spin/llm"));
    }

    private static HostInterface bind(String name) {
        var wit = SpinWit.of(name);
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function("infer", (store, args) -> refuse(store, (String) args[0], errors))
                .function("generate-embeddings", (store, args) -> refuse(store, (String) args[0], errors))
                .build();
    }

    private static Result.Value refuse(Store store, String model, Errors errors) {
        if (!store.context(SpinContext.class).aiModels().contains(model)) {
            return errors.failure(
                    "invalid-input",
                    "The component does not have access to use '" + model + "'. To give the component access, add '"
                            + model + "' to the 'ai_models' key for the component in your spin.toml manifest");
        }
        return errors.failure("runtime-error", "language models are not available on this platform yet");
    }
}
