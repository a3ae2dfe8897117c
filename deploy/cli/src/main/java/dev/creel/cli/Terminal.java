package dev.creel.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** What the user sees: results on stdout, everything else on stderr, progress bars only where somebody looks. */
final class Terminal {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive =
            Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);

    Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** A result. */
    void result(String line) {
        out.println(line);
    }

    /** Empties the screen where somebody looks. */
    void clear() {
        if (interactive) {
            out.print("\u001b[H\u001b[2J");
        }
    }

    /** A step that has been done or begins. */
    void note(String line) {
        err.println(line);
    }

    /** Asks for something that must not be shown; empty where nobody can be asked. */
    Optional<String> askHidden(String prompt) {
        return interactive
                ? Optional.ofNullable(System.console())
                        .map(console -> console.readPassword(prompt))
                        .map(String::new)
                : Optional.empty();
    }

    /** A bar that is drawn over the last one; a plain line for a whole layer where nobody looks. */
    void bar(String label, long done, long total) {
        if (interactive) {
            int filled = total == 0 ? 24 : (int) (24 * done / total);
            err.printf("\r%s [%s%s] %3d %%", label, "#".repeat(filled), " ".repeat(24 - filled), percent(done, total));
            if (done >= total) {
                err.println();
            }
            err.flush();
        } else if (done >= total) {
            err.println(label + ": " + total + " bytes");
        }
    }

    private static long percent(long done, long total) {
        return total == 0 ? 100 : 100 * done / total;
    }
}
