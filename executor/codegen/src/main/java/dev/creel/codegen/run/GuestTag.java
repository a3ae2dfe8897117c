package dev.creel.codegen.run;

import dev.creel.component.core.CoreTag;
import dev.creel.component.core.CoreType;

/** An exception tag; exceptions match by its identity. */
public final class GuestTag implements CoreTag {
    private final CoreType.Tag type;

    /** A tag that is no other's equal. */
    public GuestTag(CoreType.Tag type) {
        this.type = type;
    }

    @Override
    public CoreType.Tag type() {
        return type;
    }
}
