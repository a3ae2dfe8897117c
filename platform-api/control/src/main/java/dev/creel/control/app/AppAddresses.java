package dev.creel.control.app;

import dev.creel.contract.app.HostName;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * Where applications answer.
 *
 * @param appsDomain applications get a name below it
 * @param port as visitors see it, 1–65535
 * @param scheme {@code http} or {@code https}, as visitors see it
 */
public record AppAddresses(HostName appsDomain, int port, String scheme) {
    /** Leaves room for a suffix in a label of 63 characters. */
    private static final int LABEL_MAX = 50;

    private static final int SUFFIX = 5;
    private static final String SUFFIX_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    public AppAddresses {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("the scheme is http or https, not '" + scheme + "'");
        }
    }

    /** The host that an app gets if nobody has it. */
    HostName host(String appName) {
        return new HostName(label(appName) + "." + appsDomain);
    }

    /** A host for an app whose first choice is taken; another one each time. */
    HostName anotherHost(String appName) {
        var suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(RANDOM.nextInt(SUFFIX_LETTERS.length())));
        }
        return new HostName(label(appName) + "-" + suffix + "." + appsDomain);
    }

    /** What the client puts behind its login's scheme: the host, and the port unless it is the usual one. */
    String subdomain(HostName host) {
        boolean usual = port == 80 || port == 443;
        return usual ? host.value() : host + ":" + port;
    }

    /** The address for a browser. */
    String url(HostName host) {
        int usual = scheme.equals("http") ? 80 : 443;
        return scheme + "://" + (port == usual ? host.value() : host + ":" + port) + "/";
    }

    private static String label(String appName) {
        var label = appName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        label = label.substring(0, Math.min(LABEL_MAX, label.length())).replaceAll("^-+|-+$", "");
        return label.isEmpty() ? "app" : label;
    }
}
