package dev.creel.conformance.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A suite: one folder of the data, played in one way. */
public interface Suite {
    /** What the table and the list of skips call it, and {@code --suite} takes: its folder, and how it is played. */
    String name();

    /** The name of its folder, which {@code --suite} takes, too: suites may share one. */
    default String folder() {
        return name();
    }

    /**
     * The scripts in its folder, which is only read.
     *
     * @throws MissingToolException if they must be converted and a program for that is not there
     */
    List<Script> scripts(Path folder) throws IOException, MissingToolException;
}
