package dev.creel.conformance.core;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The module that the scripts' modules import; {@code spectest.wat} is beside its binary. */
final class Spectest {
    private Spectest() {}

    static CoreCode code(CoreEngine engine) {
        try (var in = Spectest.class.getResourceAsStream("spectest.wasm")) {
            if (in == null) {
                throw new IllegalStateException("no resource spectest.wasm");
            }
            return engine.compile(engine.parse(in.readAllBytes()), "spectest");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
