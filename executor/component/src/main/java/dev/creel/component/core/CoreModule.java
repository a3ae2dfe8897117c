package dev.creel.component.core;

import java.util.List;
import java.util.Map;

/** A decoded and validated core module. Immutable; may be large, so drop it after compiling. */
public interface CoreModule {
    /** Imports in module order. */
    List<CoreImport> imports();

    /** Export name → type, in module order. */
    Map<String, CoreType> exports();
}
