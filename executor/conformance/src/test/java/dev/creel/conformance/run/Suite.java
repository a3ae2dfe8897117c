package dev.creel.conformance.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A suite: one folder of the data. */
public interface Suite {
    /** The name of its folder, and what {@code --suite} takes. */
    String name();

    /**
     * The scripts in its folder, which is only read.
     *
     * @throws MissingToolException if they must be converted and a program for that is not there
     */
    List<Script> scripts(Path folder) throws IOException, MissingToolException;
}
