package dev.creel.component.core;

import java.util.List;

/**
 * A core function type, compared structurally.
 *
 * @param params kinds of parameters
 * @param results kinds of results
 */
public record CoreFuncType(List<ValueKind> params, List<ValueKind> results) {
    public CoreFuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }
}
