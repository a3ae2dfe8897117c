package dev.creel.artifacts;

import dev.creel.chassis.http.ListenerConfig;

/**
 * Settings of the registry's listener.
 *
 * @param listener where it listens; its limit for bodies bounds a monolithic upload, so it is that of a blob
 * @param publicScheme {@code http} or {@code https}: how clients reach the registry, for the address of its token endpoint
 */
public record RegistryConfig(ListenerConfig listener, String publicScheme) {
    /** Any free loopback port, reached by {@code http}, blobs as large as the store's default. */
    public static final RegistryConfig DEFAULTS =
            new RegistryConfig(ListenerConfig.DEFAULTS.withBodyMax(ArtifactLimits.DEFAULTS.blobMax()), "http");

    public RegistryConfig {
        if (!publicScheme.equals("http") && !publicScheme.equals("https")) {
            throw new IllegalArgumentException("the public scheme is http or https, not '" + publicScheme + "'");
        }
    }
}
