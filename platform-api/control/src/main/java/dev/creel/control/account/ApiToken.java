package dev.creel.control.account;

import dev.creel.contract.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A secret that stands for a tenant: 32 random bytes as base64url. It has no dot, or the registry client of {@code spin}
 * would take it for a broken JWT (reference spin-deploy §4.3).
 *
 * @param text what the caller shows
 */
record ApiToken(String text) {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static ApiToken random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new ApiToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether a text can be a token at all; what cannot needs no look into the database. */
    static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** What is kept of it. 256 random bits need no salt and no slow hash. */
    byte[] hash() {
        return Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
        return "a token";
    }
}
