package dev.creel.component.abi;

import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.StringEncoding;

/** Gives each signature the code that it is called with: generated if that was asked for and is possible. Thread-safe. */
record Codes(CallCode kind) {
    ImportCode imported(Signature signature, StringEncoding encoding) {
        return switch (kind) {
            case GENERATED ->
                GeneratedCode.imported(signature, encoding).orElseGet(() -> new ImportCode.Walking(signature));
            case REFERENCE -> new ImportCode.Walking(signature);
        };
    }

    ExportCode exported(Signature signature, StringEncoding encoding) {
        return switch (kind) {
            case GENERATED ->
                GeneratedCode.exported(signature, encoding).orElseGet(() -> new ExportCode.Walking(signature));
            case REFERENCE -> new ExportCode.Walking(signature);
        };
    }

    /** @param same whether both are one component instance: then the one memory moves while it is read */
    FusedCode fused(Signature signature, StringEncoding caller, StringEncoding callee, boolean same) {
        if (same) {
            return new FusedCode.Walking(signature);
        }
        return switch (kind) {
            case GENERATED ->
                GeneratedCode.fused(signature, caller, callee).orElseGet(() -> new FusedCode.Walking(signature));
            case REFERENCE -> new FusedCode.Walking(signature);
        };
    }
}
