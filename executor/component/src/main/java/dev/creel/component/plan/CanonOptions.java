package dev.creel.component.plan;

import org.jspecify.annotations.Nullable;

/**
 * Options of a {@code canon lift} or {@code canon lower}, already validated against its type. The references may name a core
 * instance that a later step makes (a core module's imports work on its own memory): look them up at the first call.
 */
public record CanonOptions(
        StringEncoding encoding,
        @Nullable CoreRef memory,
        @Nullable CoreRef realloc,
        @Nullable CoreRef postReturn) {}
