package dev.creel.contract.app;

import java.util.Optional;

/**
 * Tells whose a token is. Control implements it over its accounts; the registry uses it, so that the token of the REST
 * API works there too (reference spin-deploy §7.3). Thread-safe; may block.
 */
@FunctionalInterface
public interface Authenticator {
    /** The account that {@code token} (without the word {@code Bearer}) belongs to, if it is known; any text may come. */
    Optional<TenantId> tenant(String token);
}
