package dev.creel.component.host;

import java.util.Optional;

/**
 * {@code ns:pkg/iface@version} taken apart for version matching.
 *
 * @param path without the version
 * @param version empty if there is none
 */
public record InterfaceName(String path, String version) {
    /** Takes any name apart; a plain name has no version. */
    public static InterfaceName parse(String name) {
        int at = name.indexOf('@');
        return at < 0 ? new InterfaceName(name, "") : new InterfaceName(name.substring(0, at), name.substring(at + 1));
    }

    /**
     * What compatible versions share: {@code path@1} for 1.x.y, {@code path@0.2} for 0.2.x; nothing for pre-releases, 0.0.x and
     * names without a version.
     */
    public Optional<String> track() {
        if (version.contains("-")) {
            return Optional.empty();
        }
        var parts = version.split("\\+", 2)[0].split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        if (!parts[0].equals("0")) {
            return Optional.of(path + "@" + parts[0]);
        }
        return parts[1].equals("0") ? Optional.empty() : Optional.of(path + "@0." + parts[1]);
    }

    /** Orders two versions of one track by their numbers. */
    public int compareVersion(InterfaceName other) {
        var mine = version.split("\\+", 2)[0].split("\\.");
        var theirs = other.version.split("\\+", 2)[0].split("\\.");
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int order = new java.math.BigInteger(mine[i]).compareTo(new java.math.BigInteger(theirs[i]));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }
}
