package dev.creel.component.plan;

/** How a component keeps its strings. */
public enum StringEncoding {
    UTF8,
    UTF16,
    LATIN1_UTF16
}
