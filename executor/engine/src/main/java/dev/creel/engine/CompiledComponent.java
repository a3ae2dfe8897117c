package dev.creel.engine;

import dev.creel.component.ComponentInstance;
import dev.creel.component.ExportedFunction;
import dev.creel.component.GuestFunction;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ModuleDefinition;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.contract.artifact.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A component ready to run: compiled, linked, its ways in known. It answers HTTP requests by a handler, or is a command, or both.
 * Immutable; any thread; shared by applications.
 */
public final class CompiledComponent {
    private static final String COMMAND = "wasi:cli/run@0.2.0";
    private static final String SUPPORTED = "supported are wasi:http/incoming-handler@0.2.x, fermyon:spin/inbound-http"
            + " and, with the executor wagi, commands (wasi:cli/run)";

    private static final String REDIS = "fermyon:spin/inbound-redis";

    /** Handlers that other hosts know (reference spin-app §2.2); here they are recognised and refused with a clear word. */
    private static final List<String> OTHER_HANDLERS =
            List.of("wasi:http/incoming-handler", "wasi:http/handler", REDIS);

    private final LinkedComponent linked;
    private final Optional<HttpHandler> handler;
    /** Interface and name of the function that a command runs by. */
    private final Optional<ExportedFunction> command;

    private final Optional<String> note;

    private CompiledComponent(
            LinkedComponent linked,
            Optional<HttpHandler> handler,
            Optional<ExportedFunction> command,
            Optional<String> note) {
        this.linked = linked;
        this.handler = handler;
        this.command = command;
        this.note = note;
    }

    /**
     * Compiles and links. May take seconds and much memory.
     *
     * @throws RefusedComponentException with a sentence for the developer, if the bytes are no component that can run here
     */
    public static CompiledComponent of(byte[] wasm, CoreEngines engines, HostInterfaces host) {
        var digest = Digest.of(wasm);
        return of(
                Composition.of(digest),
                Map.of(digest, wasm),
                engines,
                engine -> new Composer(engine, host, unknown -> new PartCode(engine)));
    }

    /** The same with dependencies, and with code that may have been compiled before. */
    static CompiledComponent of(
            Composition composition,
            Map<Digest, byte[]> binaries,
            CoreEngines engines,
            Function<CoreEngine, Composer> composers) {
        try {
            return of(composition, binaries, composers.apply(engines.first()), Optional.empty());
        } catch (RefusedComponentException refused) {
            var other = engines.other();
            var lack = CoreEngines.lack(refused);
            if (other.isEmpty() || lack.isEmpty()) {
                throw refused;
            }
            var note = engines.note(other.get(), lack.get());
            return of(composition, binaries, composers.apply(other.get()), Optional.of(note));
        }
    }

    private static CompiledComponent of(
            Composition composition, Map<Digest, byte[]> binaries, Composer composer, Optional<String> note) {
        try {
            return of(composer.link(composition, binaries), note);
        } catch (RefusedComponentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RefusedComponentException(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new RefusedComponentException("it is nested too deeply", e);
        }
    }

    private static CompiledComponent of(LinkedComponent linked, Optional<String> note) {
        var handlers = HttpHandler.ALL.stream()
                .filter(one -> linked.find(one.interfaceName(), one.function()).isPresent())
                .toList();
        var command = linked.find(COMMAND, "run").or(() -> linked.find("", ModuleDefinition.START));
        var others = linked.exports().stream()
                .map(ExportedFunction::interfaceName)
                .filter(name -> OTHER_HANDLERS.contains(name.split("@", 2)[0]))
                .filter(name -> handlers.stream()
                        .noneMatch(known -> linked.find(known.interfaceName(), known.function())
                                .filter(found -> found.interfaceName().equals(name))
                                .isPresent()))
                .distinct()
                .toList();
        if (handlers.isEmpty() && command.isEmpty()) {
            throw new RefusedComponentException(
                    others.isEmpty()
                            ? "it exports no HTTP handler; " + SUPPORTED
                            : "it exports " + String.join(" and ", others) + ", which is not supported yet; "
                                    + SUPPORTED);
        }
        var names = Stream.concat(
                        handlers.stream().map(HttpHandler::interfaceName),
                        others.stream().filter(name -> !name.equals(REDIS)))
                .toList();
        if (names.size() > 1) {
            throw new RefusedComponentException(
                    "it exports multiple different handlers: " + String.join(", ", names) + "; export only one");
        }
        return new CompiledComponent(linked, handlers.stream().findFirst(), command, note);
    }

    /** What its developer should know of how it runs, in words that follow its name. */
    public Optional<String> note() {
        return note;
    }

    /** Whether it answers HTTP requests by a handler. */
    public boolean handlesHttp() {
        return handler.isPresent();
    }

    /** Whether it is a command. */
    public boolean isCommand() {
        return command.isPresent();
    }

    /**
     * Checks that it answers HTTP requests by a handler.
     *
     * @throws RefusedComponentException if it does not
     */
    public void mustHandleHttp() {
        if (handler.isEmpty()) {
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
        if (command.isEmpty()) {
            throw new RefusedComponentException(
                    "the executor wagi runs commands, and it exports neither wasi:cli/run nor _start;"
                            + " take the executor http");
        }
    }

    /** How its handler is called. */
    HttpHandler.Form handlerForm() {
        return handler.map(HttpHandler::form).orElseThrow(() -> new TrapException("the component has no HTTP handler"));
    }

    /** A fresh instance in {@code store}; its handler. Runs the guest's start code. */
    GuestFunction handler(Store store) {
        var found = handler.orElseThrow(() -> new TrapException("the component has no HTTP handler"));
        ComponentInstance instance = linked.instantiate(store);
        return instance.function(found.interfaceName(), found.function())
                .orElseThrow(() -> new TrapException("the handler has gone"));
    }

    /** A fresh instance in {@code store}; the function that a command runs by. */
    GuestFunction command(Store store) {
        var found = command.orElseThrow(() -> new TrapException("the component is no command"));
        ComponentInstance instance = linked.instantiate(store);
        return instance.function(found.interfaceName(), found.name())
                .orElseThrow(() -> new TrapException("the command has gone"));
    }
}
