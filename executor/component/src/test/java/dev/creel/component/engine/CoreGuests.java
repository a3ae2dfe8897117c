package dev.creel.component.engine;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.GuestFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The small core modules of {@code src/test/guests/core}. */
public final class CoreGuests {
    /** Refuses nothing. */
    public static final CoreLimits UNLIMITED = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    private CoreGuests() {}

    /** Refuses nothing, and has a flag. */
    public static CoreLimits flagged(GuestFlag flag) {
        return new CoreLimits() {
            @Override
            public boolean reserveMemory(long bytes) {
                return true;
            }

            @Override
            public boolean reserveTable(long elements) {
                return true;
            }

            @Override
            public GuestFlag flag() {
                return flag;
            }
        };
    }

    /** The bytes of a module. */
    public static byte[] wasm(String name) {
        try {
            return Files.readAllBytes(Path.of("../component/src/test/guests/core", name + ".wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A module, compiled. */
    public static CoreCode code(CoreEngine engine, String name) {
        return engine.compile(engine.parse(wasm(name)), name);
    }

    /** A new instance of a module. */
    public static CoreInstance instance(CoreEngine engine, String name, CoreExtern... imports) {
        return code(engine, name).instantiate(List.of(imports), UNLIMITED);
    }

    /** A new instance of a module whose functions are large. */
    public static CoreInstance instance(CoreEngine engine, String name, Padding padding, CoreExtern... imports) {
        return instance(engine, name, padding, UNLIMITED, imports);
    }

    /** The same with limits. */
    public static CoreInstance instance(
            CoreEngine engine, String name, Padding padding, CoreLimits limits, CoreExtern... imports) {
        return engine.compile(engine.parse(padding.of(wasm(name))), name).instantiate(List.of(imports), limits);
    }

    /** At most so much of each. */
    public static CoreLimits limits(long bytes, long elements) {
        return new CoreLimits() {
            private long bytesLeft = bytes;
            private long elementsLeft = elements;

            @Override
            public boolean reserveMemory(long more) {
                if (more > bytesLeft) {
                    return false;
                }
                bytesLeft -= more;
                return true;
            }

            @Override
            public boolean reserveTable(long more) {
                if (more > elementsLeft) {
                    return false;
                }
                elementsLeft -= more;
                return true;
            }
        };
    }

    /** An exported function. */
    public static CoreFunction function(CoreInstance instance, String name) {
        return (CoreFunction) export(instance, name);
    }

    /** Something exported, which has to be there. */
    public static CoreExtern export(CoreInstance instance, String name) {
        var export = instance.export(name);
        if (export == null) {
            throw new AssertionError("no export " + name);
        }
        return export;
    }

    /** The only result of an exported function. */
    public static int i32(CoreInstance instance, String name, long... args) {
        return (int) function(instance, name).call(args)[0];
    }
}
