package dev.creel.component.abi;

import java.lang.classfile.CodeBuilder;

/**
 * Writing to slots or memory in generated code. Knows whether the local variable with the memory's bytes is up to date at the
 * instruction that is written next.
 */
final class Target {
    private final int frame;
    private boolean fresh;

    /** {@code frame} is the local variable with the {@link Frame} of the guest that is written to. */
    Target(int frame) {
        this.frame = frame;
    }

    boolean isFresh() {
        return fresh;
    }

    /** From here on the memory may be another array. */
    void stale() {
        fresh = false;
    }

    /** Leaves array and position, before the value. */
    void before(CodeBuilder b, CodeWriter.Place place) {
        if (!place.flat() && !fresh) {
            fetch(b, place.source());
        }
        b.aload(place.source());
        CodeWriter.position(b, place);
    }

    /** Brings local variable {@code bytes} up to date. */
    void fetch(CodeBuilder b, int bytes) {
        b.aload(frame);
        CodeWriter.call(b, Frame.class, "bytes");
        b.astore(bytes);
        fresh = true;
    }

    /** Writes the int, or the long if {@code size} is 8, that is on the stack. */
    void write(CodeBuilder b, CodeWriter.Place place, int size) {
        if (!place.flat()) {
            CodeWriter.call(b, Bits.class, "write" + CodeWriter.width(size));
            return;
        }
        if (size < 8) {
            CodeWriter.call(b, Lists.class, "slot");
        }
        b.lastore();
    }

    /** Leaves what {@link #writePair} needs, before the pair. */
    void beforePair(CodeBuilder b, CodeWriter.Place place) {
        b.aload(place.flat() ? place.source() : frame);
        CodeWriter.position(b, place);
    }

    /** Writes the address and length on the stack, which were allocated just now. */
    void writePair(CodeBuilder b, CodeWriter.Place place) {
        CodeWriter.call(b, Lists.class, place.flat() ? "lower" : "store");
        fresh = false;
    }
}
