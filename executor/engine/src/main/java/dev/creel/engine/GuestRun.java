package dev.creel.engine;

import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.contract.logs.GuestLine;
import dev.creel.engine.spin.SpinContext;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpContext;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpLimits;
import dev.creel.wasi.http.HttpServe;
import dev.creel.wasi.http.ResponseSink;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one guest for one request: a fresh store with limits, a fresh instance, one call of its handler. Thread-safe, one for each
 * node; {@link #run} keeps the calling thread, which should have a large stack, until the guest is over or stopped.
 */
public final class GuestRun {
    private static final int REASON_CHARS_MAX = 2000;

    private final NodeMemory memory;
    private final Deadlines deadlines;
    private final Store.Waits waits;

    /**
     * @param memory shared by all guests of the process
     * @param deadlines stops them
     * @param waits told of each wait of a guest
     */
    public GuestRun(NodeMemory memory, Deadlines deadlines, Store.Waits waits) {
        this.memory = memory;
        this.deadlines = deadlines;
        this.waits = waits;
    }

    /** Runs {@code component}. Never throws: whatever happens is the outcome. The thread's interrupt flag is clear afterwards. */
    public GuestOutcome run(CompiledComponent component, GuestWorld world, GuestRequest request) {
        var stop = request.stop();
        var early = stop.begin();
        if (early.isPresent()) {
            request.incoming().body().close();
            return stopped(early.get(), world.limits());
        }
        var clock = new RunClock(waits, request.deadlineNanos());
        var deadline = deadlines.stop(stop, clock);
        var sink = new NotingSink(request.sink(), clock);
        var budget = new MemoryBudget(world.limits(), memory);
        Throwable failure = null;
        boolean answered = false;
        try (budget;
                var store = store(world, budget, clock);
                var serve = new HttpServe(request.incoming(), sink)) {
            failure = call(component, store, serve);
            answered = serve.answered();
        } catch (RuntimeException | StackOverflowError e) {
            failure = e;
        }
        boolean cancelled = deadline.cancel();
        var why = stop.end();
        if (failure == null && cancelled) {
            why = Optional.empty();
        }
        return outcome(failure, why, answered, sink, budget, world.limits());
    }

    /** What ended the guest before it returned, or null. */
    private static @Nullable Throwable call(CompiledComponent component, Store store, HttpServe serve) {
        try {
            var ignored = component.handler(store).call(serve.request(), serve.responseOut());
            serve.returned();
            return null;
        } catch (RuntimeException | StackOverflowError e) {
            return e;
        }
    }

    private static Store store(GuestWorld world, MemoryBudget budget, RunClock clock) {
        var store = new Store(budget, world.limits().handles(), clock);
        var print = new GuestPrint(world.limits(), world.lines());
        WasiContext.builder()
                .environment(world.environment())
                .preopens(world.preopens())
                .stdout(print.stream(GuestLine.Source.STDOUT))
                .stderr(print.stream(GuestLine.Source.STDERR))
                .build()
                .into(store);
        return store.with(HttpContext.class, new HttpContext(world.outgoing(), HttpLimits.DEFAULT))
                .with(SpinContext.class, world.spin());
    }

    private static GuestOutcome outcome(
            @Nullable Throwable failure,
            Optional<GuestStop.Reason> stopped,
            boolean answered,
            NotingSink sink,
            MemoryBudget budget,
            GuestLimits limits) {
        if (stopped.isPresent()) {
            return stopped(stopped.get(), limits);
        }
        if (failure instanceof GuestExitException exit) {
            return new GuestOutcome.Exited(exit.code());
        }
        if (failure != null) {
            return budget.refused()
                    .<GuestOutcome>map(by -> switch (by) {
                        case RUN -> new GuestOutcome.OutOfMemory(limits.memory());
                        case NODE -> new GuestOutcome.NodeFull();
                    })
                    .orElseGet(() -> new GuestOutcome.Trapped(reason(failure)));
        }
        if (sink.error.isPresent()) {
            return new GuestOutcome.AnsweredError(sink.error.get());
        }
        return answered ? new GuestOutcome.Responded() : new GuestOutcome.NoResponse();
    }

    private static GuestOutcome stopped(GuestStop.Reason reason, GuestLimits limits) {
        return switch (reason) {
            case DEADLINE -> new GuestOutcome.OutOfTime(limits.wall());
            case CLIENT_GONE, SHUTDOWN -> new GuestOutcome.Abandoned();
        };
    }

    private static String reason(Throwable failure) {
        var text = switch (failure) {
            case StackOverflowError ignored -> "call stack exhausted";
            case InterruptedGuestException ignored -> "interrupted";
            case TrapException trap -> String.valueOf(trap.getMessage());
            default -> failure.toString();
        };
        return text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX) + "…";
    }

    /** Notes when the guest answers, and with which error code. */
    private static final class NotingSink implements ResponseSink {
        private final ResponseSink sink;
        private final RunClock clock;
        private Optional<String> error = Optional.empty();

        NotingSink(ResponseSink sink, RunClock clock) {
            this.sink = sink;
            this.clock = clock;
        }

        @Override
        public BodySink respond(int status, List<Header> headers, long contentLength) {
            var body = sink.respond(status, headers, contentLength);
            clock.responding(body);
            return body;
        }

        @Override
        public void fail(HttpErrorCode code) {
            error = Optional.of(code.message().isEmpty() ? code.name() : code.name() + " (" + code.message() + ")");
            sink.fail(code);
        }
    }
}
