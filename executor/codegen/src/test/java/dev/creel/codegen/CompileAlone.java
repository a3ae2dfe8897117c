package dev.creel.codegen;

import dev.creel.component.core.InvalidModuleException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles a module in a process of its own, which has as much memory as its command line says. */
final class CompileAlone {
    private CompileAlone() {}

    /** The one argument is the module's file; prints {@code compiled}, or why it is refused. */
    public static void main(String[] args) throws Exception {
        var engine = new CodegenEngine();
        try {
            engine.compile(engine.parse(Files.readAllBytes(Path.of(args[0]))), "alone");
            System.out.println("compiled");
        } catch (InvalidModuleException refused) {
            System.out.println(refused.getMessage());
        }
    }
}
