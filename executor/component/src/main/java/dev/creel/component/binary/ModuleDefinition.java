package dev.creel.component.binary;

import dev.creel.component.core.CoreModule;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.List;
import java.util.Map;

/**
 * A core module that is a component to us: custom sections, or names that are known from elsewhere, say which component-level types
 * its imports and exports have (reference spin-host-interfaces §3.8). Validated: all core signatures fit.
 *
 * @param imports one for each import of the module, in module order
 * @param exports functions that it offers
 * @param resources where each resource in these types comes from
 * @param encoding of its strings
 * @param realloc name of its export that makes room in its memory, or empty
 * @param memory whether it exports {@code memory}
 * @param initialize whether it exports {@code _initialize}, to be called before all else
 */
public record ModuleDefinition(
        CoreModule module,
        List<Import> imports,
        List<Export> exports,
        Map<ResourceType, Origin> resources,
        StringEncoding encoding,
        String realloc,
        boolean memory,
        boolean initialize)
        implements Decoded {
    /** Name of the memory that everything is passed in. */
    public static final String MEMORY = "memory";
    /** Name of the function that makes room there. */
    public static final String REALLOC = "cabi_realloc";
    /** Name of the function that a command runs by. */
    public static final String START = "_start";
    /** Name of the function that readies the module. */
    public static final String INITIALIZE = "_initialize";

    /** What satisfies an import. */
    public sealed interface Import {
        /** A component-level function, lowered; an empty interface name means one imported by its own name. */
        record Func(String interfaceName, String name, FuncType type) implements Import {}

        /** Drops a handle. */
        record Drop(ResourceType resource) implements Import {}

        /** A core function of the host, e.g. of WASI preview 1; its type is the host's to check. */
        record Core(String module, String name) implements Import {}
    }

    /**
     * A function to lift.
     *
     * @param interfaceName empty if it is exported by its own name
     * @param core name of the core function
     * @param postReturn name of its post-return function, or empty
     */
    public record Export(String interfaceName, String name, FuncType type, String core, String postReturn) {}

    /** The interface that introduces a resource, and its name there. */
    public record Origin(String interfaceName, String name) {}
}
