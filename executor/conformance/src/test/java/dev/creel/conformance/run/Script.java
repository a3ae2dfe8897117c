package dev.creel.conformance.run;

import java.util.List;

/** Trials that share state and are played in order, on one thread: a file of commands, a program, a set of vectors. */
public interface Script {
    /** Its file, below the suite's folder. */
    String name();

    /** Its trials. Called once, on the thread that plays them, within the deadline of one trial. */
    List<Trial> trials() throws Exception;

    /** Frees what the trials shared. */
    default void close() throws Exception {}
}
