package dev.creel.control.app;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An application on the wire (reference spin-deploy §11), and from {@code state} on what the creel client reads beside.
 *
 * @param subdomain the full host, and the port unless it is the usual one
 * @param channels always empty
 * @param healthStatus only where it is known: an unknown spelling would break the client
 * @param state {@code deploying}, {@code ready}, {@code failed} or {@code degraded}
 * @param reason why the newest revision cannot run, or what there is to know of how it does
 * @param url the address for a browser
 */
record AppItem(
        String id,
        String name,
        String storageId,
        Optional<String> description,
        String subdomain,
        Optional<String> healthStatus,
        List<String> channels,
        String lastModified,
        String created,
        Optional<String> latestRevision,
        String state,
        Optional<String> reason,
        String host,
        String url) {
    static AppItem of(App app, AppAddresses addresses) {
        return new AppItem(
                app.id().toString(),
                app.name(),
                app.storageId(),
                Optional.of(app.description()).filter(text -> !text.isEmpty()),
                addresses.subdomain(app.host()),
                health(app.state()),
                List.of(),
                app.modified().toString(),
                app.created().toString(),
                app.version(),
                app.state().name().toLowerCase(Locale.ROOT),
                app.reason(),
                app.host().value(),
                addresses.url(app.host()));
    }

    private static Optional<String> health(AppState state) {
        return switch (state) {
            case DEPLOYING -> Optional.empty();
            case READY -> Optional.of("Healthy");
            case FAILED -> Optional.of("Unhealthy");
            case DEGRADED -> Optional.of("Degraded");
        };
    }
}
