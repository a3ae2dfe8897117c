package dev.creel.component.wit;

import java.util.List;
import java.util.Optional;

/** WIT as written, before names are looked up. */
final class WitText {
    private WitText() {}

    /** An interface; {@code name} is full, with version. */
    record Interface(String name, List<Item> items) {}

    /** What stands in an interface. Lines are for messages. */
    sealed interface Item {
        int line();

        /** Brings {@code original} of the interface with full name {@code from} in as {@code name}. */
        record Use(int line, String from, String original, String name) implements Item {}

        /** Gives a type a name. */
        record Type(int line, String name, TypeText type) implements Item {}

        /** Defines a resource; its functions follow as items. */
        record Resource(int line, String name) implements Item {}

        /**
         * A function under its canonical name.
         *
         * @param self the resource whose method this is
         * @param constructs the resource that this makes
         */
        record Func(
                int line,
                String name,
                Optional<String> self,
                Optional<String> constructs,
                List<Param> params,
                Optional<TypeText> result,
                boolean async)
                implements Item {}
    }

    /** A named type: of a parameter, a field or a case. */
    record Param(String name, TypeText type) {}

    /** A case. */
    record Case(String name, Optional<TypeText> type) {}

    /** A type as written. */
    sealed interface TypeText {
        /** A primitive type or a name to look up. */
        record Name(int line, String name) implements TypeText {}

        /** {@code record}. */
        record RecordOf(List<Param> fields) implements TypeText {}

        /** {@code variant}. */
        record VariantOf(List<Case> cases) implements TypeText {}

        /** {@code enum}. */
        record EnumOf(List<String> labels) implements TypeText {}

        /** {@code flags}. */
        record FlagsOf(List<String> labels) implements TypeText {}

        /** {@code list<…>}. */
        record ListOf(TypeText element) implements TypeText {}

        /** {@code tuple<…>}. */
        record TupleOf(List<TypeText> elements) implements TypeText {}

        /** {@code option<…>}. */
        record OptionOf(TypeText some) implements TypeText {}

        /** {@code result<…>}. */
        record ResultOf(Optional<TypeText> ok, Optional<TypeText> err) implements TypeText {}

        /** {@code own<…>}. */
        record OwnOf(int line, String resource) implements TypeText {}

        /** {@code borrow<…>}. */
        record BorrowOf(int line, String resource) implements TypeText {}
    }
}
