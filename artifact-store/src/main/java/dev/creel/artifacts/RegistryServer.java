package dev.creel.artifacts;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.http.HttpListener;
import dev.creel.chassis.json.Json;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.Authenticator;
import dev.creel.contract.app.TenantId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;

/**
 * The OCI distribution API over a {@link BlobStore}: what {@code spin deploy}, {@code spin registry push} and a pull need
 * of it. Every repository is its tenant's own; who calls is told by the token. Refusals are the API's errors in one line,
 * because the client prints them raw. Deleting and mounting are not offered.
 */
public final class RegistryServer implements AutoCloseable {
    private final HttpListener listener;

    private RegistryServer(HttpListener listener) {
        this.listener = listener;
    }

    /** Starts to listen; blocks until the port is bound. */
    public static RegistryServer start(Vertx vertx, RegistryConfig config, BlobStore store, Authenticator authenticator)
            throws IOException {
        var calls = new Calls(
                new RegistryAccess(authenticator, config.publicScheme()),
                new UploadRoutes(store),
                new BlobRoutes(store),
                new ManifestRoutes(store));
        return new RegistryServer(HttpListener.start(vertx, config.listener(), calls::answer));
    }

    /** The bound port. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    /** Answers with a refusal, and further fields. */
    static void refuse(HttpExchange http, RegistryException refusal, HttpFields more) {
        var error = new ErrorItem(refusal.error().code(), String.valueOf(refusal.getMessage()));
        http.respond(
                refusal.error().status(),
                more.with("Content-Type", "application/json"),
                Json.write(new ErrorList(List.of(error))));
    }

    private record Calls(RegistryAccess access, UploadRoutes uploads, BlobRoutes blobs, ManifestRoutes manifests) {
        void answer(HttpExchange http) throws IOException {
            try {
                dispatch(http);
            } catch (RegistryException e) {
                refuse(http, e, e.error() == RegistryError.UNAUTHORIZED ? access.challenge(http) : HttpFields.NONE);
            } catch (ProblemException e) {
                if (http.answered() || e.problem().code() != ProblemCode.TOO_LARGE) {
                    throw e;
                }
                refuse(
                        http,
                        new RegistryException(
                                RegistryError.SIZE_INVALID, e.problem().detail()),
                        HttpFields.NONE);
            }
        }

        private void dispatch(HttpExchange http) throws IOException {
            switch (RegistryCall.of(http.path())) {
                case RegistryCall.Token ignored when http.method().equals("GET") -> access.answerToken(http);
                case RegistryCall.Token ignored -> throw unsupported(http);
                case RegistryCall.Ping ignored -> {
                    access.tenant(http);
                    http.respond(200, HttpFields.of("Content-Type", "application/json"), Json.write(List.of()));
                }
                case RegistryCall.Uploading call -> upload(http, access.tenant(http), call);
                case RegistryCall.OneUpload call -> upload(http, access.tenant(http), call);
                case RegistryCall.Blob call -> {
                    var repository = RegistryCall.repository(access.tenant(http), call.name());
                    requireReading(http);
                    blobs.read(http, repository, RegistryCall.digest(call.digest()));
                }
                case RegistryCall.Manifest call -> manifest(http, access.tenant(http), call);
                case RegistryCall.Tags call -> {
                    var repository = RegistryCall.repository(access.tenant(http), call.name());
                    requireReading(http);
                    manifests.tags(http, repository);
                }
                case RegistryCall.Unknown ignored ->
                    throw new RegistryException(
                            RegistryError.NOT_FOUND, "'" + http.path() + "' is not a path of the distribution API");
            }
        }

        private void upload(HttpExchange http, TenantId tenant, RegistryCall.Uploading call) throws IOException {
            var repository = RegistryCall.repository(tenant, call.name());
            if (!http.method().equals("POST")) {
                throw unsupported(http);
            }
            uploads.begin(http, repository);
        }

        private void upload(HttpExchange http, TenantId tenant, RegistryCall.OneUpload call) throws IOException {
            var repository = RegistryCall.repository(tenant, call.name());
            var upload = RegistryCall.upload(call.id());
            switch (http.method()) {
                case "PATCH" -> uploads.append(http, repository, upload);
                case "PUT" -> uploads.finish(http, repository, upload);
                case "GET" -> uploads.progress(http, repository, upload);
                case "DELETE" -> uploads.cancel(http, repository, upload);
                default -> throw unsupported(http);
            }
        }

        private void manifest(HttpExchange http, TenantId tenant, RegistryCall.Manifest call) throws IOException {
            var repository = RegistryCall.repository(tenant, call.name());
            if (http.method().equals("PUT")) {
                manifests.put(http, repository, call.reference());
            } else {
                requireReading(http);
                manifests.read(http, repository, call.reference());
            }
        }

        private static void requireReading(HttpExchange http) {
            if (!http.method().equals("GET") && !http.method().equals("HEAD")) {
                throw unsupported(http);
            }
        }

        private static RegistryException unsupported(HttpExchange http) {
            return new RegistryException(RegistryError.UNSUPPORTED, http.method() + " is not offered here");
        }
    }

    /** One error of the API. */
    record ErrorItem(String code, String message) {}

    /** The body of every refusal. */
    record ErrorList(List<ErrorItem> errors) {}
}
