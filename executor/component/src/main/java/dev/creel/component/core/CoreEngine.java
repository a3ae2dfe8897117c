package dev.creel.component.core;

/** Runs core WebAssembly. Thread-safe: one engine serves a whole process. */
public interface CoreEngine {
    /** Name and version of the engine, part of the key of anything compiled. */
    String id();

    /**
     * Decodes and validates a core module.
     *
     * @throws InvalidModuleException if it is malformed, invalid, or uses a feature that this engine lacks; the message says which
     * @throws NotCompiledException if this engine only runs, and the module's code is not there
     */
    CoreModule parse(byte[] wasm);

    /**
     * What an engine of the role {@link EngineRole#RUN} wants of a module that is compiled: usually all but its functions. The module
     * itself if this engine knows no smaller form.
     *
     * @param wasm a module that {@link #parse} has taken
     */
    default byte[] withoutCode(byte[] wasm) {
        return wasm;
    }

    /**
     * Makes a parsed module executable. May take seconds and much memory; call it at deploy time, never for a request. The
     * result keeps nothing of {@code module} that instantiation does not need.
     *
     * @param name for class names and stack traces
     * @throws InvalidModuleException if the module cannot be compiled
     */
    CoreCode compile(CoreModule module, String name);
}
