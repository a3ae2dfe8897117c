package dev.creel.component.binary;

import dev.creel.component.type.ResourceType;
import java.util.List;
import java.util.Map;

/**
 * A type of instances. Each use of it stands for other resources: whoever uses it puts fresh ones in place of {@code bound}.
 *
 * @param bound resources that it introduces
 * @param exports in order; later ones may mention resources of earlier ones
 */
public record InstanceType(List<ResourceType.Abstract> bound, Map<String, ExternType> exports) {}
