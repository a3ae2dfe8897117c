package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import dev.creel.component.core.InvalidModuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Validates the functions of a module slice by slice, on several threads. What is in memory at once is a few slices, however
 * large the module is; of functions, none may be larger than {@link #BODY_MAX}.
 */
final class BodyValidation {
    /** Bytes of one function with its size. */
    static final int BODY_MAX = 1 << 20;

    /** Bytes of a slice, unless there would be too many: each is validated with stubs for all other functions. */
    private static final int SLICE = 1 << 19;
    /** Smaller ones are not worth a thread. */
    private static final int SLICE_MIN = 1 << 16;

    private static final int SLICES_MAX = 128;
    /** Bytes of slices that are in memory at once: some hundred times as much memory. */
    private static final int BYTES_AT_ONCE = 1 << 21;

    private static final int THREADS_MAX = 4;

    private final WasmModule skeleton;
    private final FunctionBodies bodies;
    private final BodyVisitor visitor;
    private final ValidatedBody[] validated;
    private final Semaphore turns = new Semaphore(BYTES_AT_ONCE, true);

    /** Functions from {@code from} up to {@code to}. */
    private record Slice(int from, int to) {}

    private BodyValidation(WasmModule skeleton, FunctionBodies bodies, BodyVisitor visitor) {
        this.skeleton = skeleton;
        this.bodies = bodies;
        this.visitor = visitor;
        this.validated = new ValidatedBody[bodies.count()];
    }

    /**
     * Validates all of {@code bodies} in the module {@code skeleton}, and shows them to {@code visitor}.
     *
     * @throws InvalidModuleException for the first slice that has something wrong in it
     */
    static List<ValidatedBody> run(WasmModule skeleton, FunctionBodies bodies, BodyVisitor visitor) {
        var validation = new BodyValidation(skeleton, bodies, visitor);
        var slices = validation.slices();
        if (slices.size() <= 1) {
            slices.forEach(validation::validate);
        } else {
            validation.parallel(slices);
        }
        return List.of(validation.validated);
    }

    private List<Slice> slices() {
        var all = bodies.bytes(0, bodies.count());
        var least = Math.max(Math.clamp(all / (2 * threads()), SLICE_MIN, SLICE), all / SLICES_MAX);
        var slices = new ArrayList<Slice>();
        var from = 0;
        for (var i = 0; i < bodies.count(); i++) {
            if (bodies.bytes(i, i + 1) > BODY_MAX) {
                throw new InvalidModuleException(
                        InvalidModuleException.Kind.TOO_LARGE,
                        "function body " + i + " of " + bodies.bytes(i, i + 1) + " bytes; at most " + BODY_MAX
                                + " are taken");
            }
            if (bodies.bytes(from, i + 1) >= least || i + 1 == bodies.count()) {
                slices.add(new Slice(from, i + 1));
                from = i + 1;
            }
        }
        return slices;
    }

    private static int threads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), THREADS_MAX);
    }

    private void parallel(List<Slice> slices) {
        var threads = Thread.ofPlatform().name("creel-validate-", 1).daemon().factory();
        try (var pool = Executors.newFixedThreadPool(threads(), threads)) {
            try {
                var running = slices.stream()
                        .map(slice -> pool.submit(() -> inTurn(slice)))
                        .toList();
                running.forEach(BodyValidation::await);
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private boolean inTurn(Slice slice) throws InterruptedException {
        var bytes = Math.min(bodies.bytes(slice.from, slice.to), BYTES_AT_ONCE);
        turns.acquire(bytes);
        try {
            validate(slice);
            return true;
        } finally {
            turns.release(bytes);
        }
    }

    private static void await(Future<?> slice) {
        try {
            slice.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while validating", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void validate(Slice slice) {
        var code = bodies.parse(slice.from, slice.to);
        ChicoryEngine.reading(() -> Skeleton.validated(skeleton, slice.from, code));
        for (var i = slice.from; i < slice.to; i++) {
            var body = code.getFunctionBody(i - slice.from);
            Features.body(body, i);
            visitor.body(i, body);
            validated[i] = ValidatedBody.of(body);
        }
    }
}
