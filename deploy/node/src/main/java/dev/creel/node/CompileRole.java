package dev.creel.node;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.core.EngineRole;
import dev.creel.engine.compile.CompileConfig;
import dev.creel.engine.compile.CompileServer;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The program of a process that compiles: the same program, started by a node with its own heap, that speaks to it over its standard
 * streams and ends with it.
 */
public final class CompileRole {
    private static final long STACK = 64 << 20;

    private CompileRole() {}

    /** What starts one: this JVM's program and classes. C1 alone compiles what runs for some seconds. */
    static List<String> command(CompileConfig config, EngineChoice engine) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + config.heap().bytes(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                CompileRole.class.getName(),
                engine.word());
    }

    /** A process started elsewhere would not find what is named from here. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                        .map(entry -> entry.endsWith("*")
                                ? entry
                                : Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    /** The one argument names the engine. */
    public static void main(String[] args) throws Exception {
        var in = new FileInputStream(FileDescriptor.in);
        var out = new FileOutputStream(FileDescriptor.out);
        // Nothing else may write where results go.
        System.setOut(System.err);
        var failure = new Throwable[1];
        var thread = new Thread(
                null,
                () -> {
                    try {
                        CompileServer.serve(
                                in,
                                out,
                                cache -> Engines.core(EngineChoice.named(args[0]), cache, EngineRole.COMPILE),
                                Engines.offered());
                    } catch (IOException | RuntimeException | Error e) {
                        failure[0] = e;
                    }
                },
                "compile",
                STACK);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            failure[0].printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }
}
