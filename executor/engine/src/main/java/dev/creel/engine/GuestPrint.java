package dev.creel.engine;

import dev.creel.contract.logs.GuestLine;
import dev.creel.wasi.io.LineOutput;
import java.util.function.BiConsumer;

/** Both output streams of one run, bounded together. Used by the guest's thread. */
final class GuestPrint {
    private final BiConsumer<GuestLine.Source, String> lines;
    private final GuestLimits limits;
    private long left;

    GuestPrint(GuestLimits limits, BiConsumer<GuestLine.Source, String> lines) {
        this.limits = limits;
        this.lines = lines;
        this.left = limits.logBytes().bytes();
    }

    LineOutput stream(GuestLine.Source source) {
        return new LineOutput(Math.toIntExact(limits.logLine().bytes()), line -> print(source, line));
    }

    private void print(GuestLine.Source source, String line) {
        if (left < 0) {
            return;
        }
        left -= line.length() + 1L;
        if (left < 0) {
            lines.accept(
                    GuestLine.Source.STDERR,
                    "[this request printed more than " + limits.logBytes() + "; the rest is dropped]");
        } else {
            lines.accept(source, line);
        }
    }
}
