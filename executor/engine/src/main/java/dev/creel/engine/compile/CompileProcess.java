package dev.creel.engine.compile;

import dev.creel.component.chicory.CodeCache;
import dev.creel.contract.artifact.Digest;
import dev.creel.engine.Composition;
import dev.creel.engine.DerivedComponent;
import dev.creel.engine.RefusedComponentException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This process's end of one that compiles. One thread at a time; {@link #end} may be called by any. */
final class CompileProcess {
    private static final System.Logger LOG = System.getLogger(CompileProcess.class.getName());

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final CodeCache store;

    private CompileProcess(Process process, CodeCache store) {
        this.process = process;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        this.store = store;
    }

    /** @throws IOException if the command cannot be started */
    static CompileProcess start(List<String> command, CodeCache store) throws IOException {
        var process = new CompileProcess(new ProcessBuilder(command).start(), store);
        Thread.ofVirtual().name("compile-stderr").start(process::log);
        return process;
    }

    private void log() {
        try (var lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.log(Level.INFO, "the compile process says: {0}", line);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the compile process has ended", e);
        }
    }

    /**
     * Has it do a job. Afterwards it can do another, unless an {@link IOException} ended this one.
     *
     * @throws RefusedComponentException what the job came to
     * @throws IOException if the process ends or writes what it should not
     */
    DerivedComponent run(Composition composition, Map<Digest, byte[]> binaries, Consumer<String> progress)
            throws IOException {
        out.write(Wire.JOB);
        Wire.composition(composition, out);
        Wire.binaries(binaries, out);
        out.flush();
        while (true) {
            int kind = in.read();
            switch (kind) {
                case Wire.HAS -> {
                    out.writeBoolean(store.has(Wire.text(in)));
                    out.flush();
                }
                case Wire.GET -> {
                    var found = store.get(Wire.text(in));
                    out.writeBoolean(found.isPresent());
                    if (found.isPresent()) {
                        Wire.blob(found.get(), out);
                    }
                    out.flush();
                }
                case Wire.PUT -> store.put(Wire.text(in), Wire.blob(in));
                case Wire.PROGRESS -> progress.accept(Wire.text(in));
                case Wire.DONE -> {
                    return DerivedComponent.decoded(Wire.blob(in));
                }
                case Wire.REFUSED -> {
                    var dependency = Wire.optional(in);
                    var why = Wire.text(in);
                    throw dependency.isPresent()
                            ? RefusedComponentException.ofDependency(dependency.get(), why)
                            : new RefusedComponentException(why);
                }
                case -1 -> throw new IOException("the compile process ended");
                default -> throw new IOException("the compile process wrote " + kind);
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, if it has not ended. */
    void end() {
        process.destroyForcibly();
    }

    /** How it ended, or -1 if it does not. */
    int exitCode() throws InterruptedException {
        return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
