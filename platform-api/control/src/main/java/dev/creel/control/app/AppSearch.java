package dev.creel.control.app;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.control.page.PageRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * Which apps are asked for, in what order.
 *
 * @param text part of the name, in any case; or the whole name if {@code exact}
 * @param exact whether the name must be {@code text}
 * @param order what to sort by
 * @param ascending which way
 * @param page which part
 */
record AppSearch(Optional<String> text, boolean exact, Order order, boolean ascending, PageRequest page) {
    /** What apps are sorted by. */
    enum Order {
        NAME("a.name"),
        CREATED("a.created"),
        LASTMODIFIED("a.modified");

        final String column;

        Order(String column) {
            this.column = column;
        }
    }

    static AppSearch of(HttpExchange http) {
        return new AppSearch(
                http.parameter("searchText").filter(text -> !text.isEmpty()),
                flag(http, "exactMatch", false),
                order(http.parameter("sortBy").orElse("Name")),
                flag(http, "IsSortedAscending", flag(http, "isSortedAscending", true)),
                PageRequest.forLookup(http));
    }

    /** The end of the statement; made of our own words only. */
    String orderClause() {
        return " ORDER BY " + order.column + (ascending ? " ASC" : " DESC") + ", a.id";
    }

    private static Order order(String text) {
        for (var order : Order.values()) {
            if (order.name().equals(text.toUpperCase(Locale.ROOT))) {
                return order;
            }
        }
        throw new ProblemException(
                ProblemCode.INVALID, "Apps can be sorted by Name, Created or LastModified, not by '" + text + "'.");
    }

    private static boolean flag(HttpExchange http, String name, boolean otherwise) {
        return http.parameter(name)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw new ProblemException(
                                ProblemCode.INVALID,
                                "The parameter " + name + " is true or false, not '" + text + "'.");
                })
                .orElse(otherwise);
    }
}
