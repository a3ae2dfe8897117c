package dev.creel.contract.board;

import dev.creel.contract.app.AppId;
import java.util.Map;

/**
 * All applications that should run. Derived from PostgreSQL, which is the truth.
 *
 * @param apps by id
 */
public record Desired(Map<AppId, DesiredApp> apps) {
    /** Nothing should run. */
    public static final Desired NONE = new Desired(Map.of());

    public Desired {
        apps = Map.copyOf(apps);
    }
}
