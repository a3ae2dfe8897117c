package dev.creel.engine;

import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.io.OutputStream;
import java.util.List;

/**
 * How a command is run by itself.
 *
 * @param arguments the guest's, from its own name on
 * @param stdin what it reads
 * @param stdout where it prints
 * @param stderr where it complains
 * @param stop by which others end the run
 * @param deadlineNanos when the run must be over, as {@link System#nanoTime} tells time
 */
public record CommandCall(
        List<String> arguments,
        BodySource stdin,
        OutputStream stdout,
        OutputStream stderr,
        GuestStop stop,
        long deadlineNanos) {
    public CommandCall {
        arguments = List.copyOf(arguments);
    }
}
