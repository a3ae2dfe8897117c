package dev.creel.codegen;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.GuestFlag;
import dev.creel.component.engine.CoreGuests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The modules in {@code src/test/guests}, on some engine. */
final class Guests {
    static final CoreLimits UNLIMITED = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    private Guests() {}

    static byte[] wasm(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/guests", name + ".wasm"));
    }

    static CoreCode code(CoreEngine engine, String name) throws IOException {
        return engine.compile(engine.parse(wasm(name)), name);
    }

    static CoreInstance instance(CoreEngine engine, String name) throws IOException {
        return code(engine, name).instantiate(List.of(), flagged());
    }

    /** No limits, and a flag for {@link #stop}. */
    static CoreLimits flagged() {
        return CoreGuests.flagged(new GuestFlag());
    }

    /** Has the guest stop when it next looks. */
    static void stop(CoreInstance instance) {
        ((CodegenInstance) instance).instance().flag.raise();
    }

    static CoreExtern export(CoreInstance instance, String name) {
        var export = instance.export(name);
        if (export == null) {
            throw new AssertionError("no export " + name);
        }
        return export;
    }
}
