package dev.creel.host.app;

import dev.creel.contract.numbers.Counted;
import dev.creel.engine.GuestOutcome;
import dev.creel.engine.GuestStop;
import dev.creel.host.outbound.OutboundConfig;
import dev.creel.host.outbound.Siblings;
import dev.creel.host.route.Arrival;
import dev.creel.host.route.MatchedRoute;
import dev.creel.host.route.RouteMatch;
import dev.creel.host.route.SpinHeaders;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpIncoming;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Requests of one run to its own application, served in this process, one level deeper and within the same deadline. */
final class AppSiblings implements Siblings {
    private final Invoker invoker;
    private final Invocation caller;
    private final OutboundConfig config;

    AppSiblings(Invoker invoker, Invocation caller, OutboundConfig config) {
        this.invoker = invoker;
        this.caller = caller;
        this.config = config;
    }

    @Override
    public boolean answers(String component) {
        return caller.app().component(component).isPresent();
    }

    @Override
    public Exchange toComponent(String component, HttpOutgoing request) {
        var target = caller.app().component(component).orElseThrow();
        var route = MatchedRoute.chained(path(request.pathWithQuery()));
        var arrival = new Arrival(route, "http", "localhost", request.pathWithQuery(), "0.0.0.0:0");
        return call(target, request, component + ".spin.internal", arrival);
    }

    @Override
    public Exchange toSelf(HttpOutgoing request) {
        var scheme = caller.incoming().scheme();
        var authority = caller.incoming().authority();
        return switch (caller.app().router().match(path(request.pathWithQuery()))) {
            case RouteMatch.ToComponent(var id, var route) -> {
                var target = caller.app().component(id).orElseThrow();
                var arrival = new Arrival(route, scheme, authority, request.pathWithQuery(), "127.0.0.1:0");
                yield call(target, request, authority, arrival);
            }
            case RouteMatch.ToStatic(var fixed) -> answer(request, FixedAnswer.of(fixed));
            case RouteMatch.ToHealth ignored -> answer(request, FixedAnswer.health());
            case RouteMatch.ToInfo ignored -> answer(request, FixedAnswer.info(caller.app()));
            case RouteMatch.ToNobody ignored -> answer(request, FixedAnswer.empty(404));
        };
    }

    private Exchange call(HostedComponent target, HttpOutgoing request, String authority, Arrival arrival) {
        if (caller.depth() >= config.chainDepthMax()) {
            return refused(HttpErrorCode.of("loop-detected"));
        }
        var trapped = invoker.refused(caller.app());
        if (trapped.isPresent()) {
            return answer(request, trapped.get());
        }
        if (!caller.app().enterChained(config.chainedPerApp())) {
            invoker.traffic(caller.app()).count(Counted.APP_REQUESTS, 1);
            return refused(HttpErrorCode.of("connection-limit-reached"));
        }
        int buffer = Math.toIntExact(config.bodyBuffer().bytes());
        var upload = new BodyPipe(buffer);
        var waiting = new WaitingCaller(caller.app(), new BodyPipe(buffer));
        var stop = invoker.newStop();
        var incoming = new HttpIncoming(
                request.method(),
                request.pathWithQuery(),
                arrival.scheme(),
                authority,
                headers(request),
                upload.source());
        var call = new Invocation(
                caller.app(), target, arrival, incoming, waiting, stop, caller.deadlineNanos(), caller.depth() + 1);
        if (!invoker.invoke(call)) {
            caller.app().leaveChained();
            invoker.traffic(caller.app()).count(Counted.QUEUE, 1);
            return refused(HttpErrorCode.of("connection-limit-reached"));
        }
        return new Exchange(upload.sink(), waiting.answer, () -> {
            waiting.answer.complete(new Answer.Failed(HttpErrorCode.of("connection-terminated")));
            waiting.body.source().close();
            upload.sink().abort();
            stop.stop(GuestStop.Reason.CLIENT_GONE);
        });
    }

    private static List<Header> headers(HttpOutgoing request) {
        var headers = new ArrayList<Header>();
        for (var header : request.headers()) {
            if (!SpinHeaders.reserved(header.name())) {
                headers.add(header);
            }
        }
        return headers;
    }

    private static Exchange answer(HttpOutgoing request, FixedAnswer fixed) {
        var upload = new BodyPipe(1);
        upload.source().close();
        var body = new BodyPipe(Math.max(1, fixed.body().length));
        if (fixed.body().length > 0 && !request.method().equals("HEAD")) {
            body.sink().write(fixed.body());
        }
        body.sink().end(Optional.empty());
        var response = new Answer.Response(fixed.status(), fixed.headers(), body.source());
        return new Exchange(upload.sink(), CompletableFuture.completedFuture(response), () -> {});
    }

    private static Exchange refused(HttpErrorCode code) {
        var upload = new BodyPipe(1);
        upload.source().close();
        return new Exchange(upload.sink(), CompletableFuture.completedFuture(new Answer.Failed(code)), () -> {});
    }

    private static String path(String pathWithQuery) {
        int query = pathWithQuery.indexOf('?');
        return query < 0 ? pathWithQuery : pathWithQuery.substring(0, query);
    }

    /** A guest that waits for another. */
    private static final class WaitingCaller implements Caller {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final RunningApp app;
        private final BodyPipe body;

        WaitingCaller(RunningApp app, BodyPipe body) {
            this.app = app;
            this.body = body;
        }

        @Override
        public BodySink respond(int status, List<Header> headers, long contentLength) {
            answer.complete(new Answer.Response(status, headers, body.source()));
            return body.sink();
        }

        @Override
        public void fail(HttpErrorCode code) {
            answer.complete(new Answer.Response(500, List.of(), BodySource.empty()));
        }

        @Override
        public void over(GuestOutcome outcome) {
            app.leaveChained();
            // As any client of the application would see it; harmless after an answer.
            answer.complete(new Answer.Response(Caller.status(outcome), List.of(), BodySource.empty()));
        }
    }
}
