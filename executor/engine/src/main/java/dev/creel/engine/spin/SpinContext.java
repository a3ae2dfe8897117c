package dev.creel.engine.spin;

import dev.creel.engine.outbound.OutboundRules;
import dev.creel.engine.variables.Variables;
import java.util.Set;

/**
 * What Spin's interfaces need of a store, put there with {@link dev.creel.component.host.Store#with}: the grants of the
 * guest's component.
 *
 * @param keyValueStores labels granted
 * @param databases SQLite labels granted
 * @param aiModels model names granted
 * @param outbound where it may connect to
 * @param variables what it may read
 */
public record SpinContext(
        Set<String> keyValueStores,
        Set<String> databases,
        Set<String> aiModels,
        OutboundRules outbound,
        Variables variables) {
    public SpinContext {
        keyValueStores = Set.copyOf(keyValueStores);
        databases = Set.copyOf(databases);
        aiModels = Set.copyOf(aiModels);
    }
}
