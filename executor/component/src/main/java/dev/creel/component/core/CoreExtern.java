package dev.creel.component.core;

/** Something that core instances exchange as import and export. */
public sealed interface CoreExtern permits CoreFunction, CoreMemory, CoreTable, CoreGlobal, CoreTag {
    /** Its type, as it is now (memories and tables may have grown). */
    CoreType type();
}
