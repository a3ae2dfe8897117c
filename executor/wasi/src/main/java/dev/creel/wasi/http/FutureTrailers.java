package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.Pollable;
import java.util.Optional;

/** The resource {@code future-trailers}: there once the body that it comes after has ended. */
final class FutureTrailers {
    private final IncomingBody body;
    private boolean taken;

    FutureTrailers(IncomingBody body) {
        this.body = body;
    }

    static void bind(HostInterface.Builder types) {
        types.resource("future-trailers", FutureTrailers.class, future -> future.body.close())
                .function("[method]future-trailers.subscribe", (store, args) -> ((FutureTrailers) args[0]).subscribe())
                .function("[method]future-trailers.get", (store, args) -> ((FutureTrailers) args[0]).get(store));
    }

    private Pollable subscribe() {
        return () -> body.skipToEnd().isPresent();
    }

    private Optional<Result.Value> get(Store store) {
        if (taken) {
            return Optional.of(Result.Value.err());
        }
        return body.skipToEnd().map(end -> {
            taken = true;
            return Result.Value.ok(outcome(end, store));
        });
    }

    private static Result.Value outcome(BodySource.Chunk end, Store store) {
        return switch (end) {
            case BodySource.Chunk.End(var trailers) ->
                Result.Value.ok(trailers.map(lines -> Fields.mutable(HeaderRules.visible(lines), store)));
            case BodySource.Chunk.Broken(var code) -> Result.Value.err(ErrorCodes.toGuest(code));
            case BodySource.Chunk.Empty ignored ->
                throw new IllegalStateException("a body cannot end with nothing yet");
            case BodySource.Chunk.Bytes ignored -> throw new IllegalStateException("a body cannot end with bytes");
        };
    }
}
