package dev.creel.component.type;

import java.util.List;
import java.util.Optional;

/**
 * A component-level value type (reference component-model §1.4, §4.1), fully resolved: no indices are left. Types are shared
 * and may be deep DAGs; walk them only with a memo or a budget.
 *
 * <p>How values look in Java, both ways:
 *
 * <ul>
 *   <li>bool {@link Boolean}; s8, u8, s16, u16, s32, char {@link Integer} (char as code point); u32 {@link Long} (0 to 2³²-1);
 *       s64, u64 {@link Long} (u64 as raw bits); f32 {@link Float}; f64 {@link Double}; string {@link String};
 *   <li>{@code list<u8>} {@code byte[]}; any other list {@link java.util.List} of values;
 *   <li>record and tuple {@code Object[]} in field order; flags {@link Long}, bit i for label i; enum {@link Integer}, its index;
 *   <li>variant {@link Variant.Value}; option {@link java.util.Optional}; result {@link Result.Value};
 *   <li>own and borrow of a host's resource: the host's Java object itself; of a guest's resource:
 *       {@link GuestResource}.
 * </ul>
 */
public sealed interface ValType {
    /** Types without parts. */
    enum Primitive implements ValType {
        BOOL,
        S8,
        U8,
        S16,
        U16,
        S32,
        U32,
        S64,
        U64,
        F32,
        F64,
        CHAR,
        STRING
    }

    /** A named part of a record. */
    record Field(String name, ValType type) {}

    /** A case of a variant, with or without payload. */
    record Case(String name, Optional<ValType> type) {}

    /** At least one field. */
    record RecordOf(List<Field> fields) implements ValType {}

    /** At least one element. */
    record Tuple(List<ValType> elements) implements ValType {}

    /** At least one case. */
    record Variant(List<Case> cases) implements ValType {
        /**
         * A value of a variant.
         *
         * @param index which case
         * @param payload its value, or null if the case has none
         */
        public record Value(
                int index,
                @org.jspecify.annotations.Nullable Object payload) {}
    }

    /** A sequence. */
    record ListOf(ValType element) implements ValType {}

    /** A set of 1 to 32 labels. */
    record Flags(List<String> labels) implements ValType {}

    /** One of at least one label. */
    record EnumOf(List<String> labels) implements ValType {}

    /** A value or none. */
    record Option(ValType some) implements ValType {}

    /** Success or failure, each with or without a value. */
    record Result(Optional<ValType> ok, Optional<ValType> err) implements ValType {
        /** A value of a result. */
        public sealed interface Value {
            /** Success; null if the type has no ok value. */
            record Ok(@org.jspecify.annotations.Nullable Object value) implements Value {}

            /** Failure; null if the type has no err value. */
            record Err(@org.jspecify.annotations.Nullable Object value) implements Value {}

            /** Success without a value. */
            static Value ok() {
                return new Value.Ok(null);
            }

            /** Success. */
            static Value ok(Object value) {
                return new Value.Ok(value);
            }

            /** Failure without a value. */
            static Value err() {
                return new Value.Err(null);
            }

            /** Failure. */
            static Value err(Object value) {
                return new Value.Err(value);
            }
        }
    }

    /** A resource that changes owner. */
    record Own(ResourceType resource) implements ValType {}

    /** A resource lent for the duration of a call. */
    record Borrow(ResourceType resource) implements ValType {}

    /**
     * Types of WASI 0.3 and later. They are decoded and checked like all others, but no function that passes one can be linked
     * yet, so none occurs in a {@link dev.creel.component.plan.Plan}.
     */
    sealed interface Later extends ValType {}

    /** The readable end of a stream, with or without elements. */
    record StreamOf(Optional<ValType> element) implements Later {}

    /** The readable end of a future, with or without a value. */
    record FutureOf(Optional<ValType> value) implements Later {}

    /** Pairs of a key and a value. */
    record MapOf(ValType key, ValType value) implements Later {}

    /** Exactly {@code length} elements, at least one. */
    record FixedList(ValType element, int length) implements Later {}

    /** What went wrong, for people who look for it. */
    record ErrorContext() implements Later {}
}
