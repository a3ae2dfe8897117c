package dev.creel.engine.compile;

import dev.creel.component.chicory.CodeCache;
import dev.creel.component.host.HostInterfaces;
import dev.creel.engine.CompileStep;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.RefusedComponentException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The process that compiles: does one job after the other until nobody has any more. It keeps nothing and reads nothing but its jobs; what
 * it makes goes back to the process that asked, which has the store.
 */
public final class CompileServer {
    private final DataInputStream in;
    private final DataOutputStream out;
    private final CompileStep step;

    private CompileServer(
            InputStream in, OutputStream out, Function<CodeCache, CoreEngines> engines, HostInterfaces host) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        this.step = new CompileStep(engines.apply(new Store()), host);
    }

    /**
     * Does jobs until {@code in} ends. Its thread should have a large stack, since decoding walks nested structures.
     *
     * @param engines of the role that compiles, with the cache that they are given
     * @param host what components may import
     * @throws IOException if the other process writes what it should not
     */
    public static void serve(
            InputStream in, OutputStream out, Function<CodeCache, CoreEngines> engines, HostInterfaces host)
            throws IOException {
        new CompileServer(in, out, engines, host).serve();
    }

    private void serve() throws IOException {
        for (int kind = in.read(); kind >= 0; kind = in.read()) {
            if (kind != Wire.JOB) {
                throw new IOException("no job begins with " + kind);
            }
            job();
            out.flush();
        }
    }

    private void job() throws IOException {
        var composition = Wire.composition(in);
        var binaries = Wire.binaries(in);
        try {
            var derived = step.compile(composition, binaries, this::progress);
            out.write(Wire.DONE);
            Wire.blob(derived.encoded(), out);
        } catch (RefusedComponentException e) {
            out.write(Wire.REFUSED);
            Wire.optional(e.dependency(), out);
            Wire.text(String.valueOf(e.getMessage()), out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private synchronized void progress(String words) {
        try {
            out.write(Wire.PROGRESS);
            Wire.text(words, out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The store of the other process. Asked by the thread that does the job. */
    private final class Store implements CodeCache {
        @Override
        public boolean has(String key) {
            try {
                ask(Wire.HAS, key);
                return in.readBoolean();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<byte[]> get(String key) {
            try {
                ask(Wire.GET, key);
                return in.readBoolean() ? Optional.of(Wire.blob(in)) : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void put(String key, byte[] code) {
            try {
                out.write(Wire.PUT);
                Wire.text(key, out);
                Wire.blob(code, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void ask(int what, String key) throws IOException {
            out.write(what);
            Wire.text(key, out);
            out.flush();
        }
    }
}
