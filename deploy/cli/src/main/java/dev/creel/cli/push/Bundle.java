package dev.creel.cli.push;

import dev.creel.contract.lockedapp.LockedApp;
import java.util.List;

/**
 * An application ready to push.
 *
 * @param app the locked application; its content is named by digest or inline
 * @param layers every layer once, in push order, without the locked application itself
 */
public record Bundle(LockedApp app, List<Layer> layers) {
    /** The name on the platform: the repository, the key of the application (reference spin-deploy §6.2). */
    public String appName() {
        var name = app.name().toLowerCase(java.util.Locale.ROOT).replace(" ", "");
        return name.replaceAll("^[._-]+|[._-]+$", "");
    }

    /** The version on the platform: the tag and the revision number; {@code 0.0.0} if the manifest has none. */
    public String version() {
        var version = app.version().strip().replaceAll("^[.-]+", "").replace(" ", "");
        if (version.isEmpty()) {
            return "0.0.0";
        }
        return version.length() > 128 ? version.substring(0, 128) : version;
    }
}
