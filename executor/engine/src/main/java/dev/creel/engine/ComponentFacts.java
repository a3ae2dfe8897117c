package dev.creel.engine;

import java.util.Optional;

/**
 * What there is to know of a component without having it loaded.
 *
 * @param note what its developer should know of how it runs, in words that follow its name
 * @param handlesHttp whether it answers HTTP requests by a handler
 * @param isCommand whether it is a command
 */
public record ComponentFacts(Optional<String> note, boolean handlesHttp, boolean isCommand) {
    /**
     * Checks that it answers HTTP requests by a handler.
     *
     * @throws RefusedComponentException if it does not
     */
    public void mustHandleHttp() {
        if (!handlesHttp) {
            throw new RefusedComponentException(
                    "it is a command, not an HTTP handler; give its trigger executor = { type = \"wagi\" }");
        }
    }

    /**
     * Checks that it is a command.
     *
     * @throws RefusedComponentException if it is not
     */
    public void mustBeCommand() {
        if (!isCommand) {
            throw new RefusedComponentException(
                    "the executor wagi runs commands, and it exports neither wasi:cli/run nor _start;"
                            + " take the executor http");
        }
    }
}
