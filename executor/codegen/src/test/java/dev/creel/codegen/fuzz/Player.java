package dev.creel.codegen.fuzz;

import java.util.List;

/** Plays on some engine. */
interface Player {
    /** Its name in a finding. */
    String name();

    /** What was seen after each step; only the first, if making instances fails. */
    List<Seen> play(Play play);
}
