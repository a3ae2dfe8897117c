package dev.creel.component.plan;

/** What moves the values of calls that cross the border of a component instance. Both do the same. */
public enum CallCode {
    /** Classes generated for each signature, made when a plan is linked. A signature too large for a class has the reference. */
    GENERATED,
    /** A walk over the types of each value: slow, and what the generated code is compared with. */
    REFERENCE
}
