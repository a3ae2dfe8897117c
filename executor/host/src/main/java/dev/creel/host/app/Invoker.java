package dev.creel.host.app;

import dev.creel.component.core.InstructionTrap;
import dev.creel.contract.logs.GuestLine;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.contract.numbers.Counted;
import dev.creel.engine.Deadlines;
import dev.creel.engine.GuestEnd;
import dev.creel.engine.GuestLimits;
import dev.creel.engine.GuestOutcome;
import dev.creel.engine.GuestRequest;
import dev.creel.engine.GuestRun;
import dev.creel.engine.GuestStop;
import dev.creel.engine.GuestWorld;
import dev.creel.engine.LostComponentException;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.host.lane.Lanes;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.outbound.OutboundHttp;
import dev.creel.host.outbound.OutboundSockets;
import dev.creel.host.traffic.AppTraffic;
import dev.creel.host.traffic.Traffic;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Puts requests on lanes and gives each guest its world: what its component is granted, and nothing else. Thread-safe; {@link
 * #invoke} never blocks.
 */
public final class Invoker {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Lanes lanes;
    private final GuestRun run;
    private final Deadlines deadlines;
    private final NetworkHttp network;
    private final GuestLogs logs;
    private final TrapAllowances traps;
    private final Traffic traffic;
    private final GuestLimits limits;
    private final Set<GuestStop> under = ConcurrentHashMap.newKeySet();

    /**
     * @param lanes threads for guests
     * @param run the engine
     * @param deadlines stops guests
     * @param network the way out
     * @param logs takes what guests print, and why they failed
     * @param traps counts those of each application
     * @param traffic counts everything else
     * @param limits of each run
     */
    public Invoker(
            Lanes lanes,
            GuestRun run,
            Deadlines deadlines,
            NetworkHttp network,
            GuestLogs logs,
            TrapAllowances traps,
            Traffic traffic,
            GuestLimits limits) {
        this.lanes = lanes;
        this.run = run;
        this.deadlines = deadlines;
        this.network = network;
        this.logs = logs;
        this.traps = traps;
        this.traffic = traffic;
        this.limits = limits;
    }

    /** Limits of each run. */
    public GuestLimits limits() {
        return limits;
    }

    /** A handle to stop a run by. */
    public GuestStop newStop() {
        return new GuestStop(deadlines);
    }

    /** The traffic of an application. */
    public AppTraffic traffic(RunningApp app) {
        return traffic.of(app.app(), app.tenant());
    }

    /** What to answer instead of running anything, because too many requests of the application have trapped. */
    public Optional<FixedAnswer> refused(RunningApp app) {
        var wait = traps.wait(app.app());
        if (wait.isEmpty()) {
            return Optional.empty();
        }
        traffic(app).count(Counted.TRAPS, 1);
        return Optional.of(FixedAnswer.later(503, "Too many requests to this application have failed.", wait.get()));
    }

    /** Has a lane run the guest; false, without a word to the caller, if all lanes and the queue are full. */
    public boolean invoke(Invocation call) {
        Runnable guest = () -> {
            under.add(call.stop());
            GuestOutcome outcome;
            try {
                outcome = counted(call);
            } finally {
                under.remove(call.stop());
            }
            call.caller().over(outcome);
        };
        var tenant = call.app().tenant();
        return call.depth() == 0 ? lanes.submit(tenant, guest) : lanes.submitNested(tenant, guest);
    }

    private GuestOutcome counted(Invocation call) {
        var traffic = traffic(call.app());
        long began = System.nanoTime();
        long used = cpuNanos();
        var outcome = run(call, traffic);
        traffic.ran(counted(outcome), System.nanoTime() - began, Math.max(0, cpuNanos() - used));
        return outcome;
    }

    /** Of this thread; 0 where nothing measures it. */
    private static long cpuNanos() {
        return THREADS.isThreadCpuTimeEnabled() ? THREADS.getCurrentThreadCpuTime() : 0;
    }

    private static Counted counted(GuestOutcome outcome) {
        return switch (outcome) {
            case GuestOutcome.Responded ignored -> Counted.OK;
            case GuestOutcome.AnsweredError ignored -> Counted.FAILED;
            case GuestOutcome.NoResponse ignored -> Counted.FAILED;
            case GuestOutcome.Exited ignored -> Counted.FAILED;
            case GuestOutcome.BadOutput ignored -> Counted.FAILED;
            case GuestOutcome.MethodNotAllowed ignored -> Counted.FAILED;
            case GuestOutcome.NotLoaded ignored -> Counted.FAILED;
            case GuestOutcome.Trapped ignored -> Counted.TRAPPED;
            case GuestOutcome.OutOfTime ignored -> Counted.OUT_OF_TIME;
            case GuestOutcome.OutOfCpu ignored -> Counted.OUT_OF_CPU;
            case GuestOutcome.OutOfMemory ignored -> Counted.OUT_OF_MEMORY;
            case GuestOutcome.NodeFull ignored -> Counted.NODE_FULL;
            case GuestOutcome.RequestTooLarge ignored -> Counted.REQUEST_TOO_LARGE;
            case GuestOutcome.ResponseTooLarge ignored -> Counted.RESPONSE_TOO_LARGE;
            case GuestOutcome.Abandoned ignored -> Counted.ABANDONED;
        };
    }

    private GuestOutcome run(Invocation call, AppTraffic traffic) {
        var app = call.app();
        BiConsumer<GuestLine.Source, String> print = (source, line) -> print(call, traffic, source, line);
        var component = call.component();
        var siblings = new AppSiblings(this, call, network.config());
        var spin =
                component.grants().context(ApplicationVariables.of(app.locked().variables(), app::variables));
        var outbound = new OutboundHttp(
                network,
                app.app(),
                spin.outbound(),
                siblings,
                limits.outgoingRequests(),
                complaint -> print.accept(GuestLine.Source.STDERR, complaint));
        var world = new GuestWorld(
                limits,
                component.locked().environment(),
                component.preopens(),
                outbound,
                print,
                spin,
                new OutboundSockets(
                        spin.outbound(),
                        network.config(),
                        complaint -> print.accept(GuestLine.Source.STDERR, complaint)));
        GuestEnd end;
        try (outbound) {
            end = run.run(
                    component.code().load(lanes.waits()),
                    world,
                    new GuestRequest(call.seen(), call.caller(), call.stop(), call.deadlineNanos(), call.cgi()));
        } catch (LostComponentException e) {
            end = GuestEnd.without(new GuestOutcome.NotLoaded(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = GuestEnd.without(new GuestOutcome.Abandoned());
        }
        traffic.count(Counted.BYTES_IN, end.bytesIn());
        traffic.count(Counted.BYTES_OUT, end.bytesOut());
        if (!end.outcome().good()) {
            print.accept(GuestLine.Source.STDERR, line(call, end.outcome()));
        }
        if (end.trap().filter(InstructionTrap::failedCheck).isPresent()) {
            trapped(call).ifPresent(said -> print.accept(GuestLine.Source.STDERR, said));
        }
        return end.outcome();
    }

    private Optional<String> trapped(Invocation call) {
        return traps.count(call.app().app())
                .map(wait -> "too many requests of the application have trapped: its requests are answered 503 for "
                        + FixedAnswer.seconds(wait) + " s");
    }

    /** Why a request failed, for {@code creel logs}. */
    private String line(Invocation call, GuestOutcome outcome) {
        var text = call.incoming().method() + " " + call.incoming().pathWithQuery() + ": " + outcome.sentence();
        int most = Math.toIntExact(limits.logLine().bytes());
        return text.length() <= most ? text : text.substring(0, most);
    }

    private void print(Invocation call, AppTraffic traffic, GuestLine.Source source, String line) {
        switch (traffic.print(line.length() + 1L)) {
            case AppTraffic.Print.Kept(long dropped) -> {
                if (dropped > 0) {
                    append(call, GuestLine.Source.STDERR, "[" + dropped + " bytes were dropped]");
                }
                append(call, source, line);
            }
            case AppTraffic.Print.Dropped(boolean first) -> {
                if (first) {
                    append(
                            call,
                            GuestLine.Source.STDERR,
                            "[the application prints more than " + traffic.logPerSecond()
                                    + " a second; what is too much is dropped]");
                }
            }
        }
    }

    private void append(Invocation call, GuestLine.Source source, String line) {
        logs.append(call.app().app(), call.component().locked().id(), source, line);
    }

    /** Guests that have begun and not ended. */
    public int running() {
        return under.size();
    }

    /** Stops every guest. */
    public void stopAll() {
        under.forEach(stop -> stop.stop(GuestStop.Reason.SHUTDOWN));
    }
}
