package dev.creel.component.binary;

/**
 * A feature that is decoded and checked, and that this version does not run.
 *
 * @param name as messages have it, e.g. {@code streams}
 * @param since what it belongs to, e.g. {@code WASI 0.3}
 * @param offset where in the bytes it stands
 */
public record LaterFeature(String name, String since, long offset) {
    static final String WASI_0_3 = "WASI 0.3";

    /** Why a component that needs it cannot run here. */
    public InvalidComponentException refusal() {
        return new InvalidComponentException(
                InvalidComponentException.Kind.UNSUPPORTED, offset, Input.unsupportedText(name, since));
    }
}
