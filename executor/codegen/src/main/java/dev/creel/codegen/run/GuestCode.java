package dev.creel.codegen.run;

/** The generated entry to a module's functions. */
public abstract class GuestCode {
    /** For generated classes. */
    protected GuestCode() {}

    /**
     * Calls a function with raw bits.
     *
     * @param type its place among the program's types
     */
    public abstract long[] enter(int type, int function, long[] args, GuestInstance instance);
}
