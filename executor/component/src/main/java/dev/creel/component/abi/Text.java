package dev.creel.component.abi;

/**
 * A string on its way from one guest to another. How the receiver allocates it depends on how the sender kept it, and guests can
 * see that.
 *
 * @param units code units it had there
 */
record Text(String chars, Source source, int units) {
    /** How a string lay in the memory it comes from. */
    enum Source {
        UTF8,
        UTF16,
        /** {@code latin1+utf16} without the tag. */
        LATIN1,
        /** {@code latin1+utf16} with the tag. */
        TAGGED_UTF16
    }
}
