package dev.creel.component.binary;

/** The index spaces of a component. */
public enum Sort {
    CORE_FUNC,
    CORE_TABLE,
    CORE_MEMORY,
    CORE_GLOBAL,
    CORE_TAG,
    CORE_TYPE,
    CORE_MODULE,
    CORE_INSTANCE,
    FUNC,
    TYPE,
    COMPONENT,
    INSTANCE;

    /** As messages name it. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
