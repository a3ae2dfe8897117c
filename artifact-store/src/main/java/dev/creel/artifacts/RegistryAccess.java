package dev.creel.artifacts;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.contract.app.Authenticator;
import dev.creel.contract.app.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is calling. The API's token is good as it is, as a bearer token or as the password of any user (reference spin-deploy
 * §7.3); a client that has only a user and a password is sent to the token endpoint, which hands the same token back.
 */
final class RegistryAccess {
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");
    private static final int TOKEN_SECONDS = 300;

    private final Authenticator authenticator;
    private final String publicScheme;

    RegistryAccess(Authenticator authenticator, String publicScheme) {
        this.authenticator = authenticator;
        this.publicScheme = publicScheme;
    }

    /** Whose request this is, or a refusal. */
    TenantId tenant(HttpExchange http) {
        return token(http)
                .flatMap(authenticator::tenant)
                .orElseThrow(() -> new RegistryException(
                        RegistryError.UNAUTHORIZED, "log in first: the access token is missing or unknown"));
    }

    /** Answers the token endpoint. */
    void answerToken(HttpExchange http) {
        tenant(http);
        http.json(200, Map.of("token", token(http).orElseThrow(), "expires_in", TOKEN_SECONDS));
    }

    /** What goes with each refusal for want of credentials. */
    HttpFields challenge(HttpExchange http) {
        var authority =
                http.authority().filter(a -> AUTHORITY.matcher(a).matches()).orElse("localhost");
        return HttpFields.of(
                "WWW-Authenticate",
                "Bearer realm=\"" + publicScheme + "://" + authority + "/v2/token\",service=\"" + authority + "\"");
    }

    private static Optional<String> token(HttpExchange http) {
        var header = http.header("authorization").orElse("").strip();
        int space = header.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        var credentials = header.substring(space + 1).strip();
        if (header.regionMatches(true, 0, "bearer", 0, space)) {
            return Optional.of(credentials);
        }
        return header.regionMatches(true, 0, "basic", 0, space) ? password(credentials) : Optional.empty();
    }

    private static Optional<String> password(String credentials) {
        try {
            var pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
