package dev.creel.engine;

import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The compile step of a deploy: bytes that nobody has looked at become a {@link DerivedComponent}, and code in the store that
 * executors load from. Thread-safe; may take seconds and much memory, here or elsewhere.
 */
@FunctionalInterface
public interface ComponentCompiler {
    /**
     * Decodes, validates, links and compiles. Code that the store has already is not compiled again.
     *
     * @param binaries the bytes of each part
     * @param progress is told, now and then, how far it is, in a few words
     * @throws RefusedComponentException with a sentence for the developer, if it cannot run here
     * @throws IOException if it did not come to an end through no fault of the component's
     * @throws InterruptedException if the calling thread is interrupted
     */
    DerivedComponent compile(Composition composition, Map<Digest, byte[]> binaries, Consumer<String> progress)
            throws IOException, InterruptedException;
}
