package dev.creel.conformance.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.type.ValType.Result.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers the imports of one component, and remembers what it was asked. One thread at a time. */
final class AbiHost {
    /** Stands for a call without a result. */
    static final Object NOTHING = new Object();

    private static final long STREAM_ROOM = 4096;

    /** Another instance of the component. */
    interface Peer {
        /** Its answer, or empty if it has no such function. */
        Optional<Object> call(String interfaceName, String function, Object[] args);
    }

    /** A call of an import that is not WASI's. */
    record Call(String function, Object[] args) {}

    private final Peer peer;
    private final List<Call> calls = new ArrayList<>();
    private int errors;

    AbiHost(Peer peer) {
        this.peer = peer;
    }

    int calls() {
        return calls.size();
    }

    List<Call> called() {
        return calls;
    }

    HostFunction function(String interfaceName, String function) {
        if (interfaceName.startsWith("wasi:")) {
            return (store, args) -> wasi(function);
        }
        return (store, args) -> {
            calls.add(new Call(function, args));
            var answer = answer(interfaceName, function, args);
            return answer.equals(NOTHING) ? null : answer;
        };
    }

    private Object answer(String interfaceName, String function, Object[] args) {
        return switch (function) {
            // What these components want of an import is not what they answer as an export.
            case "multiple-results" -> new Object[] {4, 5};
            case "errno-result" -> errors++ == 0 ? Value.err(2) : Value.ok();
            case "list-of-variants" ->
                new Object[] {List.of(false, true), List.of(Value.err(), Value.ok()), List.of(1, 2)};
            case "list-minmax8", "list-minmax16", "list-minmax32", "list-minmax64", "list-minmax-float" -> args;
            // Not exported by those who import them.
            case "thunk", "many-arguments", "take-basic" -> NOTHING;
            case "return-unicode" -> KnownComponents.UNICODE;
            case "[constructor]y" -> new Y((int) args[0]);
            case "[method]y.get-a" -> ((Y) args[0]).a;
            case "[method]y.set-a" -> {
                ((Y) args[0]).a = (int) args[1];
                yield NOTHING;
            }
            case "[static]y.add" -> new Y(((Y) args[0]).a + (int) args[1]);
            default ->
                peer.call(interfaceName, function, args)
                        .orElseThrow(() -> new TrapException("nobody answers " + interfaceName + " " + function));
        };
    }

    /** The imported resource {@code y}. */
    private static final class Y {
        private int a;

        private Y(int a) {
            this.a = a;
        }
    }

    /** As much as it takes to print something. */
    private static Object wasi(String function) {
        return switch (function) {
            case "get-stdin", "get-stdout", "get-stderr" -> new Object();
            case "get-terminal-stdin", "get-terminal-stdout", "get-terminal-stderr" -> Optional.empty();
            case "get-directories", "get-environment", "get-arguments" -> List.of();
            case "[method]output-stream.check-write" -> Value.ok(STREAM_ROOM);
            case "[method]output-stream.write",
                    "[method]output-stream.blocking-flush",
                    "[method]output-stream.blocking-write-and-flush" -> Value.ok();
            default -> throw new TrapException("the guest called " + function);
        };
    }
}
