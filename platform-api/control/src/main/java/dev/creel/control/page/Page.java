package dev.creel.control.page;

import java.util.List;

/**
 * Part of a list; all members are always there (reference spin-deploy §11).
 *
 * @param items of this page
 * @param totalItems of all pages
 * @param pageIndex from 0
 * @param pageSize as asked for
 * @param isLastPage whether there is nothing after it
 */
public record Page<T>(List<T> items, int totalItems, int pageIndex, int pageSize, boolean isLastPage) {
    /** What {@code request} asked for. */
    public static <T> Page<T> of(PageRequest request, List<T> items, int totalItems) {
        boolean last = request.offset() + items.size() >= totalItems;
        return new Page<>(items, totalItems, request.index(), request.size(), last);
    }
}
