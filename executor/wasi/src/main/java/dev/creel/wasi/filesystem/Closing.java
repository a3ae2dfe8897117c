package dev.creel.wasi.filesystem;

import java.io.Closeable;
import java.io.IOException;

/** Closing what was only read: there is nothing left to lose, so nobody need hear of a failure. */
final class Closing {
    private Closing() {}

    static void quietly(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            // Closed as far as it goes; no data is behind it.
        }
    }
}
