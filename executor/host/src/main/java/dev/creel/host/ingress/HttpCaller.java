package dev.creel.host.ingress;

import dev.creel.engine.GuestOutcome;
import dev.creel.engine.GuestStop;
import dev.creel.host.app.Caller;
import dev.creel.host.app.FixedAnswer;
import dev.creel.host.body.Outflow;
import dev.creel.host.traffic.AppTraffic;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that waits for a guest. The guest's thread calls {@link #respond}, {@link #fail} and {@link #over}, in that order;
 * everything else runs on the event loop.
 */
final class HttpCaller implements Caller {
    private static final int UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(1);

    private final HttpServerRequest http;
    private final Context context;
    private final BodyPipe download;
    private final BodyPipe upload;
    private final GuestStop stop;
    private final AppTraffic traffic;
    /** The guest's response, once it has begun. */
    private volatile @Nullable HttpResponse sent;

    /** Whether anything was answered. Only the guest's thread uses it. */
    private boolean answered;

    HttpCaller(
            HttpServerRequest http,
            Context context,
            BodyPipe download,
            BodyPipe upload,
            GuestStop stop,
            AppTraffic traffic) {
        this.http = http;
        this.context = context;
        this.download = download;
        this.upload = upload;
        this.stop = stop;
        this.traffic = traffic;
    }

    /**
     * Notices the end of the request's body, and a client that goes. Before anything can happen, on the event loop.
     *
     * @param trailers those of the request, once it has ended
     */
    void watch(Supplier<List<Header>> trailers) {
        http.endHandler(ignored -> upload.sink().end(Optional.of(trailers.get()).filter(lines -> !lines.isEmpty())));
        http.exceptionHandler(ignored -> gone());
        http.response().exceptionHandler(ignored -> gone());
        http.response().closeHandler(ignored -> gone());
    }

    private void gone() {
        var response = sent;
        if (response == null ? !http.response().ended() : !response.complete()) {
            // First, so that the guest does not take the broken pipes for the end of its work.
            stop.stop(GuestStop.Reason.CLIENT_GONE);
        }
        upload.fail(HttpErrorCode.of("connection-terminated"));
        download.source().close();
    }

    @Override
    public BodySink respond(int status, List<Header> headers, long contentLength) {
        answered = true;
        var te = http.getHeader("te");
        boolean trailers = te != null && te.toLowerCase(Locale.ROOT).contains("trailers");
        var response = new HttpResponse(http, status, headers, contentLength, trailers);
        sent = response;
        Outflow.start(download.source(), context, response);
        return download.sink();
    }

    @Override
    public void fail(HttpErrorCode code) {
        answer(FixedAnswer.empty(500));
    }

    @Override
    public void over(GuestOutcome outcome) {
        traffic.leave();
        if (!answered) {
            int status = Caller.status(outcome);
            answer(
                    status == UNAVAILABLE
                            ? FixedAnswer.later(status, "The server cannot run this now; try again.", SOON)
                            : FixedAnswer.empty(status));
        }
    }

    private void answer(FixedAnswer fixed) {
        answered = true;
        context.runOnContext(ignored -> InvokeServer.answer(http, fixed));
    }
}
