package dev.creel.host.app;

import dev.creel.component.core.InstructionTrap;
import dev.creel.contract.app.AppId;
import dev.creel.contract.logs.GuestLine;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.engine.Deadlines;
import dev.creel.engine.GuestEnd;
import dev.creel.engine.GuestLimits;
import dev.creel.engine.GuestOutcome;
import dev.creel.engine.GuestRequest;
import dev.creel.engine.GuestRun;
import dev.creel.engine.GuestStop;
import dev.creel.engine.GuestWorld;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.host.lane.Lanes;
import dev.creel.host.outbound.NetworkHttp;
import dev.creel.host.outbound.OutboundHttp;
import dev.creel.host.outbound.OutboundSockets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Puts requests on lanes and gives each guest its world: what its component is granted, and nothing else. Thread-safe; {@link
 * #invoke} never blocks.
 */
public final class Invoker {
    private final Lanes lanes;
    private final GuestRun run;
    private final Deadlines deadlines;
    private final NetworkHttp network;
    private final GuestLogs logs;
    private final TrapAllowances traps;
    private final GuestLimits limits;
    private final Set<GuestStop> under = ConcurrentHashMap.newKeySet();

    /**
     * @param lanes threads for guests
     * @param run the engine
     * @param deadlines stops guests
     * @param network the way out
     * @param logs takes what guests print, and why they failed
     * @param traps counts those of each application
     * @param limits of each run
     */
    public Invoker(
            Lanes lanes,
            GuestRun run,
            Deadlines deadlines,
            NetworkHttp network,
            GuestLogs logs,
            TrapAllowances traps,
            GuestLimits limits) {
        this.lanes = lanes;
        this.run = run;
        this.deadlines = deadlines;
        this.network = network;
        this.logs = logs;
        this.traps = traps;
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

    /** How long no request of the application is to be invoked, because too many of them have trapped. */
    public Optional<Duration> refused(AppId app) {
        return traps.wait(app);
    }

    /** Has a lane run the guest; false, without a word to the caller, if all lanes and the queue are full. */
    public boolean invoke(Invocation call) {
        Runnable guest = () -> {
            under.add(call.stop());
            GuestOutcome outcome;
            try {
                outcome = run(call);
            } finally {
                under.remove(call.stop());
            }
            call.caller().over(outcome);
        };
        var tenant = call.app().tenant();
        return call.depth() == 0 ? lanes.submit(tenant, guest) : lanes.submitNested(tenant, guest);
    }

    private GuestOutcome run(Invocation call) {
        var app = call.app();
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
                complaint -> print(call, GuestLine.Source.STDERR, complaint));
        var world = new GuestWorld(
                limits,
                component.locked().environment(),
                component.preopens(),
                outbound,
                (source, line) -> print(call, source, line),
                spin,
                new OutboundSockets(
                        spin.outbound(),
                        network.config(),
                        complaint -> print(call, GuestLine.Source.STDERR, complaint)));
        GuestEnd end;
        try (outbound) {
            end = run.run(
                    component.code(),
                    world,
                    new GuestRequest(call.seen(), call.caller(), call.stop(), call.deadlineNanos(), call.cgi()));
        }
        if (!end.outcome().good()) {
            print(call, GuestLine.Source.STDERR, line(call, end.outcome()));
        }
        if (end.trap().filter(InstructionTrap::failedCheck).isPresent()) {
            trapped(call);
        }
        return end.outcome();
    }

    private void trapped(Invocation call) {
        traps.count(call.app().app())
                .ifPresent(wait -> print(
                        call,
                        GuestLine.Source.STDERR,
                        "too many requests of the application have trapped: its requests are answered 503 for "
                                + FixedAnswer.seconds(wait) + " s"));
    }

    /** Why a request failed, for {@code creel logs}. */
    private String line(Invocation call, GuestOutcome outcome) {
        var text = call.incoming().method() + " " + call.incoming().pathWithQuery() + ": " + outcome.sentence();
        int most = Math.toIntExact(limits.logLine().bytes());
        return text.length() <= most ? text : text.substring(0, most);
    }

    private void print(Invocation call, GuestLine.Source source, String line) {
        logs.append(call.app().app(), call.component().locked().id(), source, line);
    }

    /** Stops every guest. */
    public void stopAll() {
        under.forEach(stop -> stop.stop(GuestStop.Reason.SHUTDOWN));
    }
}
