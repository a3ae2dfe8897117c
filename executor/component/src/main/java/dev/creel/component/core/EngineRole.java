package dev.creel.component.core;

/** What an engine does of the way from a module to its instances; the rest is done by an engine of another process. */
public enum EngineRole {
    /** Everything. */
    COMPILE_AND_RUN,
    /** It compiles for others what is not in its cache, and runs nothing. */
    COMPILE,
    /** It runs what is in its cache, made smaller by {@link CoreEngine#withoutCode}, and refuses all else: modules are trusted. */
    RUN
}
