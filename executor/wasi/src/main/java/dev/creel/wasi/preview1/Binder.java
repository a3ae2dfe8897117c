package dev.creel.wasi.preview1;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.host.CoreHostFunction;
import dev.creel.wasi.filesystem.FileRefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects functions under their names. */
final class Binder {
    private final Map<String, CoreHostFunction> functions = new LinkedHashMap<>();

    /** What a function does; returning is success. */
    interface Body {
        void run(Call call) throws ErrnoException, FileRefusedException;
    }

    /** Binds a function that answers an {@code errno}; {@code params} has an i for each i32, an I for each i64. */
    void bind(String name, String params, Body body) {
        put(name, params, List.of(ValueKind.I32), (store, memory, args) ->
                new long[] {run(new Call(store, memory, args), body).number()});
    }

    /** Binds a function that does not come back. */
    void bindEnd(String name, String params, CoreHostFunction.Body body) {
        put(name, params, List.of(), body);
    }

    Map<String, CoreHostFunction> functions() {
        return Map.copyOf(functions);
    }

    private void put(String name, String params, List<ValueKind> results, CoreHostFunction.Body body) {
        var kinds = params.chars()
                .mapToObj(kind -> kind == 'I' ? ValueKind.I64 : ValueKind.I32)
                .toList();
        functions.put(name, new CoreHostFunction(new CoreFuncType(kinds, results), body));
    }

    private static Errno run(Call call, Body body) {
        try {
            body.run(call);
            return Errno.SUCCESS;
        } catch (ErrnoException e) {
            return e.errno();
        } catch (FileRefusedException e) {
            return Errno.of(e.code());
        }
    }
}
