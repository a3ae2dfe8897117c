package dev.creel.codegen.emit;

import java.lang.classfile.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block that is open while a method is written. */
final class Block {
    /** The function is 0, others the index of their instruction and one. */
    final int id;

    final Form form;
    final Signature signature;
    /** What stands on the stack below its parameters. */
    final List<Kind> below;
    /** Where branches go, or null if it is outside of the method. */
    final @Nullable Label label;

    @Nullable
    Label otherwise;

    /** Of a block with handlers, while it is open in its method. */
    Tries.@Nullable Guard guard;

    boolean branchedTo;

    /** What it is. */
    enum Form {
        FUNCTION,
        BLOCK,
        LOOP,
        TRY,
        IF
    }

    Block(int id, Form form, Signature signature, List<Kind> below, @Nullable Label label) {
        this.id = id;
        this.form = form;
        this.signature = signature;
        this.below = below;
        this.label = label;
    }

    /** The same block, as a method sees it that is called from within it. */
    Block outside() {
        return new Block(id, form, signature, below, null);
    }

    int height() {
        return below.size();
    }

    /** What branches to it carry. */
    List<Kind> carried() {
        return form == Form.LOOP ? signature.params() : signature.results();
    }
}
