package dev.creel.control.account;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.PathValues;
import dev.creel.chassis.http.Routes;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.Authenticator;
import dev.creel.contract.app.TenantId;

/** The door of the API: lets through who shows a known token. */
public final class Login {
    private final Authenticator authenticator;

    /** Over the accounts. */
    public Login(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Answers a request of a known tenant. */
    @FunctionalInterface
    public interface Handler {
        /** As {@link Routes.Handler#handle}, for {@code tenant}. */
        void handle(HttpExchange http, PathValues values, TenantId tenant) throws Exception;
    }

    /** {@code handler} behind the door. */
    public Routes.Handler required(Handler handler) {
        return (http, values) -> handler.handle(http, values, tenant(http));
    }

    private TenantId tenant(HttpExchange http) {
        var header = http.header("authorization").orElse("").strip();
        if (header.regionMatches(true, 0, "bearer ", 0, 7)) {
            var tenant = authenticator.tenant(header.substring(7).strip());
            if (tenant.isPresent()) {
                return tenant.get();
            }
        }
        throw new ProblemException(
                ProblemCode.UNAUTHENTICATED,
                "The access token is missing or unknown; log in again with a valid token.");
    }
}
