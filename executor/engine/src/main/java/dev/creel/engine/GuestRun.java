package dev.creel.engine;

import dev.creel.component.core.InstructionTrap;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.contract.logs.GuestLine;
import dev.creel.engine.spin.SpinContext;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.http.HttpContext;
import dev.creel.wasi.io.Wakeup;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one guest for one request: a fresh store with limits, a fresh instance, one call. Thread-safe, one for each
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

    /** Runs {@code component}. Never throws: whatever happens is how it ended. The thread's interrupt flag is clear afterwards. */
    public GuestEnd run(CompiledComponent component, GuestWorld world, GuestRequest request) {
        var limits = world.limits();
        var incoming = request.incoming();
        var clock = new RunClock(waits, request.deadlineNanos(), limits);
        boolean head = incoming.method().equals("HEAD");
        var response = new RunResponse(request.sink(), clock, limits.responseBytes(), head);
        var body = new RunRequest(incoming.body(), limits.requestBytes(), response::refuse);
        var bounded =
                new GuestRequest(incoming.with(body), response, request.stop(), request.deadlineNanos(), request.cgi());
        var end = run(
                world, request.stop(), clock, response::error, budget -> serving(component, world, bounded, budget));
        return new GuestEnd(
                withinSize(end.outcome(), body, response, limits), end.trap(), body.bytes(), response.bytes());
    }

    /** What a guest does whose request or response went beyond its limit follows from that. */
    private static GuestOutcome withinSize(
            GuestOutcome outcome, RunRequest body, RunResponse response, GuestLimits limits) {
        if (outcome instanceof GuestOutcome.OutOfTime || outcome instanceof GuestOutcome.OutOfCpu) {
            return outcome;
        }
        if (body.tooLarge()) {
            return new GuestOutcome.RequestTooLarge(limits.requestBytes());
        }
        return response.tooLarge() ? new GuestOutcome.ResponseTooLarge(limits.responseBytes()) : outcome;
    }

    /** Runs a command by itself; it ends as {@link GuestOutcome.Exited}, if nothing else ends it. Else as {@link #run}. */
    public GuestOutcome command(CompiledComponent component, GuestWorld world, CommandCall call) {
        var clock = new RunClock(waits, call.deadlineNanos(), world.limits());
        return run(world, call.stop(), clock, Optional::empty, budget -> new CommandServing(component, call))
                .outcome();
    }

    private GuestEnd run(
            GuestWorld world,
            GuestStop stop,
            RunClock clock,
            Supplier<Optional<String>> answeredError,
            Function<MemoryBudget, Serving> how) {
        var early = stop.begin(clock);
        var budget = new MemoryBudget(world.limits(), memory, stop.flag());
        if (early.isPresent()) {
            how.apply(budget).close();
            return new GuestEnd(stopped(early.get(), world.limits()), Optional.empty(), 0, 0);
        }
        var deadline = deadlines.stop(stop, clock);
        Throwable failure = null;
        boolean answered = false;
        try (budget;
                var store = new Store(budget, world.limits().handles(), clock);
                var serving = how.apply(budget)) {
            failure = serve(serving, store, world);
            answered = serving.answered();
        } catch (RuntimeException | StackOverflowError e) {
            failure = e;
        }
        boolean cancelled = deadline.cancel();
        var why = stop.end();
        if (failure == null && cancelled) {
            why = Optional.empty();
        }
        var outcome = outcome(failure, why, answered, answeredError.get(), budget, world.limits());
        return new GuestEnd(outcome, InstructionTrap.of(failure), 0, 0);
    }

    private static Serving serving(
            CompiledComponent component, GuestWorld world, GuestRequest request, MemoryBudget budget) {
        if (request.cgi().isPresent()) {
            return new CgiServing(component, request, request.cgi().get(), world, budget);
        }
        return switch (component.handlerForm()) {
            case RESOURCES -> new ResourceServing(component, request);
            case WHOLE -> new WholeServing(component, request, world.limits(), budget);
        };
    }

    /** What ended the guest before it returned, or null. */
    private static @Nullable Throwable serve(Serving serving, Store store, GuestWorld world) {
        try {
            var wakeup = new Wakeup();
            store.with(Wakeup.class, wakeup);
            var print = new GuestPrint(world.limits(), world.lines());
            var wasi = WasiContext.builder()
                    .limits(world.limits().wasi())
                    .wakeup(wakeup)
                    .environment(world.environment())
                    .preopens(world.preopens())
                    .network(world.network())
                    .stdout(print.stream(GuestLine.Source.STDOUT))
                    .stderr(print.stream(GuestLine.Source.STDERR));
            serving.prepare(store, wasi);
            wasi.build()
                    .into(store)
                    .with(
                            HttpContext.class,
                            new HttpContext(world.outgoing(), world.limits().http()))
                    .with(SpinContext.class, world.spin());
            serving.run(store);
            return null;
        } catch (RuntimeException | StackOverflowError e) {
            return e;
        }
    }

    private static GuestOutcome outcome(
            @Nullable Throwable failure,
            Optional<GuestStop.Reason> stopped,
            boolean answered,
            Optional<String> error,
            MemoryBudget budget,
            GuestLimits limits) {
        if (stopped.isPresent()) {
            return stopped(stopped.get(), limits);
        }
        if (failure instanceof EndedException ended) {
            return ended.outcome();
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
        if (error.isPresent()) {
            return new GuestOutcome.AnsweredError(error.get());
        }
        return answered ? new GuestOutcome.Responded() : new GuestOutcome.NoResponse();
    }

    private static GuestOutcome stopped(GuestStop.Reason reason, GuestLimits limits) {
        return switch (reason) {
            case DEADLINE -> new GuestOutcome.OutOfTime(limits.wall());
            case CPU -> new GuestOutcome.OutOfCpu(limits.cpu());
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
}
