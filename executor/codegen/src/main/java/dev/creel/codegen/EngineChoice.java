package dev.creel.codegen;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.EngineRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The engines that there are for core WebAssembly, as people name them. */
public enum EngineChoice {
    /** Classes that this library generates. */
    CODEGEN,
    /** Chicory's compiler: slower, and takes more of WebAssembly. */
    CHICORY;

    /** What runs guests unless somebody says otherwise. */
    public static final EngineChoice DEFAULT = CODEGEN;

    /**
     * The engine with this name.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    public static EngineChoice named(String word) {
        return Arrays.stream(values())
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is called \"" + word + "\"; there are "
                        + Arrays.stream(values()).map(EngineChoice::word).collect(Collectors.joining(", "))));
    }

    /** Its name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A new engine that compiles anew in each process. */
    public CoreEngine engine() {
        return engine(CodeCache.NONE);
    }

    /** A new engine that keeps compiled code in {@code cache}. */
    public CoreEngine engine(CodeCache cache) {
        return engine(cache, EngineRole.COMPILE_AND_RUN);
    }

    /** A new engine with a role. */
    public CoreEngine engine(CodeCache cache, EngineRole role) {
        return switch (this) {
            case CODEGEN -> new CodegenEngine(cache, role);
            case CHICORY -> new ChicoryEngine(cache, role);
        };
    }
}
