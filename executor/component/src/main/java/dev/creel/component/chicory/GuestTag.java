package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.TagInstance;
import dev.creel.component.core.CoreTag;
import dev.creel.component.core.CoreType;

/** An exception tag; exceptions match by the identity of what is inside. */
record GuestTag(TagInstance tag, CoreType.Tag type) implements CoreTag {}
