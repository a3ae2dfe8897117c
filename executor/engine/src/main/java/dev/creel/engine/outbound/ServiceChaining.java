package dev.creel.engine.outbound;

import java.util.Locale;
import java.util.Optional;

/** The hosts under which components of one application reach each other. */
public final class ServiceChaining {
    private static final String SUFFIX = ".spin.internal";

    private ServiceChaining() {}

    /** The component that {@code authority} ({@code host[:port]}) names: one label before {@code .spin.internal}. */
    public static Optional<String> component(String authority) {
        int colon = authority.lastIndexOf(':');
        var host = (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT);
        if (!host.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        var label = host.substring(0, host.length() - SUFFIX.length());
        return label.isEmpty() || label.contains(".") ? Optional.empty() : Optional.of(label);
    }

    static String host(String component) {
        return component + SUFFIX;
    }
}
