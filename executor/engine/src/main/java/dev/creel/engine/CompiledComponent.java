package dev.creel.engine;

import dev.creel.component.ComponentInstance;
import dev.creel.component.ExportedFunction;
import dev.creel.component.GuestFunction;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ModuleDefinition;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.Footprint;
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
    private final String engine;
    private final Optional<HttpHandler> handler;
    /** Interface and name of the function that a command runs by. */
    private final Optional<ExportedFunction> command;

    private final Optional<String> note;

    private CompiledComponent(
            LinkedComponent linked,
            String engine,
            Optional<HttpHandler> handler,
            Optional<ExportedFunction> command,
            Optional<String> note) {
        this.linked = linked;
        this.engine = engine;
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
            return of(composition, binaries, engines.first(), composers, Optional.empty());
        } catch (RefusedComponentException refused) {
            var other = engines.other();
            var lack = CoreEngines.lack(refused);
            if (other.isEmpty() || lack.isEmpty()) {
                throw refused;
            }
            var note = engines.note(other.get(), lack.get());
            return of(composition, binaries, other.get(), composers, Optional.of(note));
        }
    }

    /**
     * What the compile step made, ready to run. Compiles nothing.
     *
     * @throws NotCompiledException if its code is not there, or for other engines
     * @throws RuntimeException if {@code derived} is not what the compile step makes
     */
    static CompiledComponent of(
            Composition composition,
            DerivedComponent derived,
            CoreEngines engines,
            Function<CoreEngine, Composer> composers) {
        var engine = engines.called(derived.engine());
        return of(composers.apply(engine).link(composition, derived.parts()), engine.id(), derived.note());
    }

    private static CompiledComponent of(
            Composition composition,
            Map<Digest, byte[]> binaries,
            CoreEngine engine,
            Function<CoreEngine, Composer> composers,
            Optional<String> note) {
        try {
            return of(composers.apply(engine).link(composition, binaries), engine.id(), note);
        } catch (RefusedComponentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RefusedComponentException(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new RefusedComponentException("it is nested too deeply", e);
        }
    }

    private static CompiledComponent of(LinkedComponent linked, String engine, Optional<String> note) {
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
        return new CompiledComponent(linked, engine, handlers.stream().findFirst(), command, note);
    }

    /** {@link CoreEngine#id} of what runs it. */
    String engine() {
        return engine;
    }

    /** What its core modules hold of the process's memory. */
    List<Footprint> footprints() {
        return linked.footprints();
    }

    /** What there is to know of it. */
    public ComponentFacts facts() {
        return new ComponentFacts(note, handler.isPresent(), command.isPresent());
    }

    /** What it shares with every component of the same code, each compared by identity. */
    public List<Object> codes() {
        return footprints().stream().map(Footprint::code).toList();
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
