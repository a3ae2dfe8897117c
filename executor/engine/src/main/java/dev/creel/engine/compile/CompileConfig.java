package dev.creel.engine.compile;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * What compiling may take.
 *
 * @param processes at once, at most
 * @param heap of each of them; a component that needs more is refused
 * @param deadline for one component with its dependencies; one that takes longer is refused
 * @param idle how long a process that has nothing to do stays for the next component
 */
public record CompileConfig(int processes, ByteSize heap, Duration deadline, Duration idle) {
    /** Two, of 1 GiB each, two minutes, half a minute. */
    public static final CompileConfig DEFAULTS =
            new CompileConfig(2, ByteSize.ofMiB(1024), Duration.ofMinutes(2), Duration.ofSeconds(30));

    public CompileConfig {
        if (processes < 1) {
            throw new IllegalArgumentException("at least one process compiles, not " + processes);
        }
        if (heap.bytes() < 32 << 20) {
            throw new IllegalArgumentException("a process that compiles needs a heap of 32 MiB, not " + heap);
        }
        if (deadline.isNegative() || deadline.isZero() || idle.isNegative()) {
            throw new IllegalArgumentException("compiling takes some time, not " + deadline);
        }
    }
}
