package dev.creel.cli.api;

import dev.creel.chassis.http.HttpCalls;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.http.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * HTTP to one platform. Every request goes to the address in the platform's URL, whatever host it names in its {@code Host}
 * header: names below {@code localhost} are the loopback address without asking a resolver, and application hosts need no DNS.
 * Blocks; thread-safe.
 */
public final class PlatformHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(5);

    private final URI url;
    private final URI address;
    private final HttpCalls calls = new HttpCalls(CONNECT_TIMEOUT, ANSWER_TIMEOUT);

    /**
     * @param url the platform's API, {@code http} or {@code https}
     * @throws CommandFailedException if it is no such URL
     */
    public PlatformHttp(String url) {
        try {
            this.url = URI.create(url.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw notAUrl(url);
        }
        if (this.url.getHost() == null
                || !("http".equals(this.url.getScheme()) || "https".equals(this.url.getScheme()))) {
            throw notAUrl(url);
        }
        this.address = addressOf(this.url);
    }

    private static CommandFailedException notAUrl(String url) {
        return new CommandFailedException(
                "'" + url + "' is not a platform's URL; write for example http://creel.localhost:8080");
    }

    private static URI addressOf(URI url) {
        var host = url.getHost().toLowerCase(Locale.ROOT);
        boolean local = url.getScheme().equals("http") && (host.equals("localhost") || host.endsWith(".localhost"));
        return local ? URI.create("http://127.0.0.1" + (url.getPort() < 0 ? "" : ":" + url.getPort())) : url;
    }

    /** The platform's URL, without a slash at its end. */
    public URI url() {
        return url;
    }

    /**
     * An answer, read whole.
     *
     * @param status HTTP status
     */
    public record Reply(int status, HttpFields headers, byte[] body) {}

    /**
     * Sends one request and reads its whole answer.
     *
     * @param host value of the {@code Host} header: the platform's own authority, or an application's
     * @param target path and query, or an absolute URL below the platform's
     * @throws CommandFailedException if the platform cannot be reached or does not answer in time
     */
    public Reply send(String method, String host, String target, HttpFields headers, byte[] body) {
        var request = body.length == 0 ? new RequestBody.Nothing() : new RequestBody.Bytes(body);
        try (var answer = calls.call(method, resolve(host, target), headers.with("Host", host), request)) {
            return new Reply(answer.status(), answer.headers(), answer.bytes());
        } catch (IOException e) {
            throw new CommandFailedException(
                    e.getMessage() + "; is Creel running at " + url + "? Start it with ./creel up, or name another "
                            + "platform with --url",
                    e);
        }
    }

    private URI resolve(String host, String target) {
        var path = target.startsWith("http://") || target.startsWith("https://")
                ? URI.create(target).getRawPath()
                        + (URI.create(target).getRawQuery() == null
                                ? ""
                                : "?" + URI.create(target).getRawQuery())
                : target;
        // With TLS the name is checked, so an application is asked under its own.
        var base = address.getScheme().equals("https") && !host.equals(authority())
                ? URI.create("https://" + host)
                : address;
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path);
    }

    /** The platform's own {@code Host}. */
    public String authority() {
        return url.getRawAuthority();
    }

    @Override
    public void close() {
        calls.close();
    }
}
