package dev.creel.component.binary;

import dev.creel.component.type.FuncType;
import java.util.Map;

/**
 * What the imports and exports of core modules mean that say so by their names alone: those of toolchains from before custom
 * sections told the types. Values lie in memory as the canonical ABI of today has them.
 *
 * @param realloc name of the export that makes room in the module's memory, with the signature of {@code cabi_realloc}
 * @param imports module → name → what it is
 * @param exports core export → what it is; a module that has one of them is of this world
 */
public record CoreWorld(String realloc, Map<String, Map<String, Item>> imports, Map<String, Item> exports) {
    /** No such modules. */
    public static final CoreWorld NONE = new CoreWorld("", Map.of(), Map.of());

    /** A component-level function; types that only its own interface knows as resources cannot occur in it. */
    public record Item(String interfaceName, String name, FuncType type) {}

    public CoreWorld {
        imports = Map.copyOf(imports);
        exports = Map.copyOf(exports);
    }
}
