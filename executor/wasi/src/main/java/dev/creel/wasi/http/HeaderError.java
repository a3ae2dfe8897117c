package dev.creel.wasi.http;

import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;

/** The variant {@code header-error}. */
enum HeaderError {
    INVALID_SYNTAX(0),
    FORBIDDEN(1),
    IMMUTABLE(2);

    private final int index;

    HeaderError(int index) {
        this.index = index;
    }

    Result.Value failure() {
        return Result.Value.err(new Variant.Value(index, null));
    }
}
