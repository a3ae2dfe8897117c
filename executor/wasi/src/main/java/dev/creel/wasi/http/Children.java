package dev.creel.wasi.http;

import dev.creel.component.core.TrapException;

/** Counts the resources that must be dropped before the one they came from. */
final class Children {
    private final String parent;
    private int alive;

    Children(String parent) {
        this.parent = parent;
    }

    void add() {
        alive++;
    }

    void remove() {
        alive--;
    }

    void mustBeGone() {
        if (alive > 0) {
            throw new TrapException(parent + " is given up while " + alive + " of its children live");
        }
    }
}
