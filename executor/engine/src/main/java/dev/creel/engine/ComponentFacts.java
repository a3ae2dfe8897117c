package dev.creel.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** What a store keeps them under. */
    static String key(CoreEngines engines, Composition composition) {
        return "facts of " + DerivedComponent.key(engines, composition);
    }

    /** As a store keeps them. */
    byte[] encoded() {
        var out = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(out)) {
            data.writeBoolean(handlesHttp);
            data.writeBoolean(isCommand);
            data.writeBoolean(note.isPresent());
            data.writeUTF(note.orElse(""));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IOException if it is something else
     */
    static ComponentFacts decoded(byte[] bytes) throws IOException {
        try (var data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            boolean handlesHttp = data.readBoolean();
            boolean isCommand = data.readBoolean();
            boolean noted = data.readBoolean();
            var note = data.readUTF();
            return new ComponentFacts(noted ? Optional.of(note) : Optional.empty(), handlesHttp, isCommand);
        }
    }
}
