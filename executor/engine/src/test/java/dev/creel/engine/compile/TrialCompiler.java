package dev.creel.engine.compile;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.core.EngineRole;
import dev.creel.contract.ByteSize;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.GuestInterfaces;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program of the processes that these tests start. */
public final class TrialCompiler {
    private TrialCompiler() {}

    static List<String> command(ByteSize heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap.bytes(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                // Surefire names the class path of the module path's tests, too.
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TrialCompiler.class.getName());
    }

    /** Compiles until its standard input ends. */
    public static void main(String[] args) throws IOException {
        CompileServer.serve(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                cache -> CoreEngines.only(new CodegenEngine(cache, EngineRole.COMPILE)),
                GuestInterfaces.all());
    }
}
