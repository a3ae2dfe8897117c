package dev.creel.wasi.preview1;

import dev.creel.wasi.cli.GuestExitException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code args_*}, {@code environ_*}, {@code random_get}, {@code proc_*}, {@code sched_yield}, {@code sock_*}. */
final class ProcessFunctions {
    private static final int RANDOM_CHUNK = 64 << 10;

    private ProcessFunctions() {}

    static void bind(Binder binder) {
        binder.bind("args_sizes_get", "ii", call -> sizes(call, call.context().arguments()));
        binder.bind("args_get", "ii", call -> strings(call, call.context().arguments()));
        binder.bind("environ_sizes_get", "ii", call -> sizes(call, environment(call)));
        binder.bind("environ_get", "ii", call -> strings(call, environment(call)));
        binder.bind("random_get", "ii", ProcessFunctions::random);
        // Each guest has one thread, so there is nobody to yield to.
        binder.bind("sched_yield", "", call -> {});
        binder.bindEnd("proc_exit", "i", (store, memory, args) -> {
            throw new GuestExitException((int) args[0]);
        });
        binder.bind("proc_raise", "i", ProcessFunctions::notSupported);
        binder.bind("sock_accept", "iii", ProcessFunctions::notSocket);
        binder.bind("sock_recv", "iiiiii", ProcessFunctions::notSocket);
        binder.bind("sock_send", "iiiii", ProcessFunctions::notSocket);
        binder.bind("sock_shutdown", "ii", ProcessFunctions::notSocket);
    }

    private static List<String> environment(Call call) {
        return call.context().environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static void sizes(Call call, List<String> strings) throws ErrnoException {
        long bytes = 0;
        for (var string : strings) {
            bytes += string.getBytes(StandardCharsets.UTF_8).length + 1;
        }
        call.putU32(call.u32(0), strings.size());
        call.putU32(call.u32(1), bytes);
    }

    private static void strings(Call call, List<String> strings) throws ErrnoException {
        long pointer = call.u32(0);
        long text = call.u32(1);
        for (var string : strings) {
            var bytes = string.getBytes(StandardCharsets.UTF_8);
            call.putU32(pointer, text);
            call.putBytes(text, bytes, bytes.length);
            call.putU8(text + bytes.length, 0);
            pointer += 4;
            text += bytes.length + 1;
        }
    }

    private static void random(Call call) throws ErrnoException {
        long at = call.u32(0);
        long length = call.u32(1);
        call.check(at, length);
        while (length > 0) {
            var bytes = new byte[(int) Math.min(length, RANDOM_CHUNK)];
            call.context().random().nextBytes(bytes);
            call.putBytes(at, bytes, bytes.length);
            at += bytes.length;
            length -= bytes.length;
        }
    }

    private static void notSocket(Call call) throws ErrnoException {
        call.fds().get(call.i32(0));
        throw Errno.NOTSOCK.thrown();
    }

    private static void notSupported(Call call) throws ErrnoException {
        throw Errno.NOTSUP.thrown();
    }
}
