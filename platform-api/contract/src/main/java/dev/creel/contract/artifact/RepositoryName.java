package dev.creel.contract.artifact;

import dev.creel.contract.app.TenantId;
import java.util.regex.Pattern;

/**
 * A tenant's repository. A push names only {@code path}; the token says whose it is (reference spin-deploy §6.2),
 * so two tenants may push the same path and never see each other's.
 *
 * @param tenant whose
 * @param path OCI grammar: lower-case components joined by {@code /}, at most 255 characters
 */
public record RepositoryName(TenantId tenant, String path) {
    private static final Pattern GRAMMAR =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    public RepositoryName {
        if (path.length() > 255 || !GRAMMAR.matcher(path).matches()) {
            throw new IllegalArgumentException("'" + path + "' is not a repository name: lower-case letters and digits,"
                    + " joined by '.', '_', '-' or '/', at most 255 characters");
        }
    }

    @Override
    public String toString() {
        return tenant + "/" + path;
    }
}
