package dev.creel.component.type;

import java.util.List;
import java.util.Optional;

/**
 * A component-level function type.
 *
 * @param params names and types in order
 * @param result at most one
 * @param async whether it may block (WASI 0.3)
 */
public record FuncType(List<ValType.Field> params, Optional<ValType> result, boolean async) {
    public FuncType {
        params = List.copyOf(params);
    }
}
