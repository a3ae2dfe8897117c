package dev.creel.component.binary;

import dev.creel.component.type.ResourceType;
import java.util.List;
import java.util.Map;

/**
 * A type of components.
 *
 * @param importBound resources that its imports introduce: whoever instantiates it says which these are
 * @param imports in order
 * @param exportBound resources that each instance has anew
 * @param exports in order
 */
public record ComponentType(
        List<ResourceType.Abstract> importBound,
        Map<String, ExternType> imports,
        List<ResourceType.Abstract> exportBound,
        Map<String, ExternType> exports) {}
