package dev.creel.codegen.run;

import org.jspecify.annotations.Nullable;

/**
 * An element segment of one instance.
 *
 * @param indices function indices of {@code owner}, or the host's references; -1 is null
 * @param functions the same as objects if some may be of another instance, else null
 */
public record GuestElements(int[] indices, @Nullable GuestFunction @Nullable [] functions, GuestInstance owner) {
    int size() {
        return indices.length;
    }

    void copy(int from, int length, GuestTable table, int to) {
        if (functions == null) {
            table.put(to, indices, from, length, owner);
            return;
        }
        for (var i = 0; i < length; i++) {
            table.put(to + i, 1, functions[from + i]);
        }
    }
}
