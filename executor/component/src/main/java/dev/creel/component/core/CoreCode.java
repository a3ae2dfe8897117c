package dev.creel.component.core;

import java.util.List;
import java.util.Map;

/** An executable core module, shared by all its instances. Thread-safe. */
public interface CoreCode {
    /** Imports in module order. */
    List<CoreImport> imports();

    /** Export name → type, in module order. */
    Map<String, CoreType> exports();

    /**
     * Makes an instance: allocates, links, copies active segments and runs the start section (nothing else: neither
     * {@code _start} nor {@code _initialize}).
     *
     * @param imports one for each of {@link #imports()}, in that order; types are checked
     * @param limits what memories and tables of the new instance may take
     * @throws TrapException if initialisation or the start function traps
     * @throws LinkException if an import does not fit
     */
    CoreInstance instantiate(List<? extends CoreExtern> imports, CoreLimits limits);

    /** What it holds while it is kept; nothing worth counting unless the engine says otherwise. */
    default Footprint footprint() {
        return new Footprint(0, this, 0);
    }
}
