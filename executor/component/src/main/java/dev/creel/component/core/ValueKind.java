package dev.creel.component.core;

/** Types of core WebAssembly values. Values travel as raw bits in {@code long}: i32 and f32 in the low half. */
public enum ValueKind {
    I32,
    I64,
    F32,
    F64,
    V128,
    FUNCREF,
    EXTERNREF,
    EXNREF
}
