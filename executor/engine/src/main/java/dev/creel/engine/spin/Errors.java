package dev.creel.engine.spin;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.wit.WitInterface;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes failures of one interface by the names of its error cases. */
final class Errors {
    private final ValType.Variant type;

    private Errors(ValType.Variant type) {
        this.type = type;
    }

    /** Over the variant {@code typeName} of {@code wit}. */
    static Errors of(WitInterface wit, String typeName) {
        return new Errors((ValType.Variant) Objects.requireNonNull(wit.types().get(typeName), typeName));
    }

    /** A failure without payload. */
    Result.Value failure(String caseName) {
        return Result.Value.err(new ValType.Variant.Value(index(caseName), null));
    }

    /** A failure with one. */
    Result.Value failure(String caseName, @Nullable Object payload) {
        return Result.Value.err(new ValType.Variant.Value(index(caseName), payload));
    }

    private int index(String caseName) {
        return IntStream.range(0, type.cases().size())
                .filter(i -> type.cases().get(i).name().equals(caseName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no case " + caseName));
    }
}
