package dev.creel.conformance.core;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreCode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The module that the scripts' modules import; {@code spectest.wat} is beside its binary. */
final class Spectest {
    static final CoreCode CODE = code();

    private Spectest() {}

    private static CoreCode code() {
        try (var in = Spectest.class.getResourceAsStream("spectest.wasm")) {
            if (in == null) {
                throw new IllegalStateException("no resource spectest.wasm");
            }
            var engine = new ChicoryEngine();
            return engine.compile(engine.parse(in.readAllBytes()), "spectest");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
