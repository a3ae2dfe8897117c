package dev.creel.control.page;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.util.Optional;

/**
 * Which part of a list is asked for.
 *
 * @param index from 0
 * @param size items on a page
 * @param unbounded whether everything is to come in one page, whatever {@code size} says
 */
public record PageRequest(int index, int size, boolean unbounded) {
    /** What the {@code spin} client always asks for. */
    private static final int SIZE_DEFAULT = 50;

    private static final int SIZE_MAX = 1000;

    /** Reads {@code pageIndex} and {@code pageSize}. */
    public static PageRequest of(HttpExchange http) {
        return new PageRequest(
                number(http, "pageIndex", Integer.MAX_VALUE).orElse(0),
                Math.max(1, number(http, "pageSize", SIZE_MAX).orElse(SIZE_DEFAULT)),
                false);
    }

    /**
     * As {@link #of}, but a request for the first page of the client's usual size gets all: the client looks for its app
     * in that page only and would else make it a second time (reference spin-deploy §13, 21).
     */
    public static PageRequest forLookup(HttpExchange http) {
        var asked = of(http);
        boolean lookup = http.parameter("pageIndex").isEmpty() && asked.size >= SIZE_DEFAULT;
        return new PageRequest(asked.index, asked.size, lookup);
    }

    /** How many items come before. */
    public long offset() {
        return unbounded ? 0 : (long) index * size;
    }

    /** How many items come at most. */
    public long limit() {
        return unbounded ? Integer.MAX_VALUE : size;
    }

    private static Optional<Integer> number(HttpExchange http, String name, int max) {
        return http.parameter(name).map(text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= 0) {
                    return Math.min(value, max);
                }
            } catch (NumberFormatException e) {
                // the same refusal
            }
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "The parameter " + name + " must be a whole number from 0, not '" + text + "'.");
        });
    }
}
