package dev.creel.contract.logs;

import dev.creel.contract.app.AppId;
import java.time.Instant;
import java.util.List;

/** The newest lines of each application, bounded. Thread-safe; {@link #append} never blocks on the network. */
public interface GuestLogs {
    /** Adds a line; the oldest lines give way. */
    void append(AppId app, String component, GuestLine.Source source, String text);

    /** At most {@code max} of the newest lines after {@code since} (exclusive), oldest first. */
    List<GuestLine> read(AppId app, Instant since, int max);

    /** Drops all lines of a deleted application. */
    void forget(AppId app);
}
