package dev.creel.codegen.fuzz;

import java.util.List;

/** The type of a function, a block or, without results, a tag. */
record Signature(List<Kind> params, List<Kind> results) {}
