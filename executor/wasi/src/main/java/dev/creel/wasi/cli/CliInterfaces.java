package dev.creel.wasi.cli;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.wit.WasiWit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Binds {@code wasi:cli}, except what a guest exports. A store needs a {@link WasiContext}. */
public final class CliInterfaces {
    private CliInterfaces() {}

    /** All that a guest may import. */
    public static List<HostInterface> interfaces() {
        return List.of(
                environment(),
                exit(),
                HostInterface.of(WasiWit.of("cli/stdin"))
                        .function(
                                "get-stdin",
                                (store, args) -> new LentInput(context(store).stdin()))
                        .build(),
                HostInterface.of(WasiWit.of("cli/stdout"))
                        .function(
                                "get-stdout",
                                (store, args) -> new LentOutput(context(store).stdout()))
                        .build(),
                HostInterface.of(WasiWit.of("cli/stderr"))
                        .function(
                                "get-stderr",
                                (store, args) -> new LentOutput(context(store).stderr()))
                        .build(),
                HostInterface.of(WasiWit.of("cli/terminal-input"))
                        .resource("terminal-input", NoTerminal.class, terminal -> {})
                        .build(),
                HostInterface.of(WasiWit.of("cli/terminal-output"))
                        .resource("terminal-output", NoTerminal.class, terminal -> {})
                        .build(),
                noTerminal("stdin"),
                noTerminal("stdout"),
                noTerminal("stderr"));
    }

    private static HostInterface environment() {
        return HostInterface.of(WasiWit.of("cli/environment"))
                .function("get-environment", (store, args) -> variables(context(store)))
                .function(
                        "get-arguments",
                        (store, args) -> List.copyOf(context(store).arguments()))
                .function("initial-cwd", (store, args) -> Optional.empty())
                .build();
    }

    private static List<Object> variables(WasiContext context) {
        var list = new ArrayList<Object>();
        context.environment().forEach((name, value) -> list.add(new Object[] {name, value}));
        return list;
    }

    private static HostInterface exit() {
        return HostInterface.of(WasiWit.of("cli/exit"))
                .function("exit", (store, args) -> {
                    throw new GuestExitException(args[0] instanceof Result.Value.Ok ? 0 : 1);
                })
                .build();
    }

    private static HostInterface noTerminal(String stream) {
        return HostInterface.of(WasiWit.of("cli/terminal-" + stream))
                .function("get-terminal-" + stream, (store, args) -> Optional.empty())
                .build();
    }

    private static WasiContext context(Store store) {
        return store.context(WasiContext.class);
    }

    /** Stands for terminals, of which there are none. */
    private enum NoTerminal {}

    /** A guest may ask for its input many times and drop each: the stream stays open for the next. */
    private record LentInput(InputStream of) implements InputStream {
        @Override
        public byte[] read(long max) throws StreamClosedException, StreamFailedException {
            return of.read(max);
        }

        @Override
        public Pollable subscribe() {
            return of.subscribe();
        }

        @Override
        public void close() {}
    }

    /** The same for output. */
    private record LentOutput(OutputStream of) implements OutputStream {
        @Override
        public long checkWrite() throws StreamClosedException, StreamFailedException {
            return of.checkWrite();
        }

        @Override
        public void write(byte[] bytes) throws StreamClosedException, StreamFailedException {
            of.write(bytes);
        }

        @Override
        public void flush() throws StreamClosedException, StreamFailedException {
            of.flush();
        }

        @Override
        public Pollable subscribe() {
            return of.subscribe();
        }

        @Override
        public void close() {}
    }
}
