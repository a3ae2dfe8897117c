package dev.creel.component.binary;

/**
 * What one component may ask of the decoder and the linker. Counts are over the whole component with everything nested in it,
 * unless said otherwise.
 *
 * @param nesting how deep components, and type scopes, lie in one another
 * @param modules core modules
 * @param components components within
 * @param instances instances of components and of core modules, counted again after nested components are linked in
 * @param definitions entries of all index spaces together
 * @param names entries of one list of imports, exports or arguments
 * @param parts fields, cases, labels or parameters of one type
 * @param typeDepth how deep value types, or types of instances, lie in one another
 * @param typeSize nodes of one type, shared parts counted each time they are used
 * @param typeWork steps of comparing and substituting types, so that no small component keeps the validator busy
 * @param nameBytes bytes of one name
 * @param sectionBytes bytes of one section, and so of each core module
 */
public record ComponentLimits(
        int nesting,
        int modules,
        int components,
        int instances,
        int definitions,
        int names,
        int parts,
        int typeDepth,
        int typeSize,
        long typeWork,
        int nameBytes,
        int sectionBytes) {
    /** Room for every component that a toolchain makes. */
    public static final ComponentLimits DEFAULT = new ComponentLimits(
            50, 1_000, 1_000, 1_000, 1_000_000, 100_000, 10_000, 100, 1_000_000, 10_000_000, 100_000, 256 << 20);

    public ComponentLimits {
        if (nesting < 1
                || modules < 0
                || components < 0
                || instances < 0
                || definitions < 1
                || names < 1
                || parts < 1
                || typeDepth < 1
                || typeSize < 1
                || typeWork < 1
                || nameBytes < 1
                || sectionBytes < 8) {
            throw new IllegalArgumentException("component limits must be positive");
        }
        if (nesting > 200 || typeDepth > 500) {
            throw new IllegalArgumentException(
                    "nesting is at most 200 and typeDepth at most 500: the stack ends there");
        }
    }
}
