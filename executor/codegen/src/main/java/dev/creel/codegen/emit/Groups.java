package dev.creel.codegen.emit;

import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** The classes of functions: several that follow each other are in one, and each that was cut has one for its frame. */
record Groups(Layout layout) {
    private static final long STACK = 64 << 20;
    /** Bytes of functions that are emitted at once: some hundred times as much memory. */
    private static final int BYTES_AT_ONCE = 1 << 21;

    /** On all processors: groups know nothing of each other. What is in memory at once is bounded, whatever the module is. */
    ClassFiles classes() {
        var starts = new ArrayList<Integer>();
        for (var i = 0; i < layout.functions().length; i++) {
            if (i == 0 || layout.group(i) != layout.group(i - 1)) {
                starts.add(i);
            }
        }
        starts.add(layout.functions().length);
        // Nested blocks nest calls, so these threads have a stack that few functions exhaust.
        var threads = Thread.ofPlatform().name("creel-codegen-", 1).daemon().stackSize(STACK);
        try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), threads.factory())) {
            var turns = new Semaphore(BYTES_AT_ONCE, true);
            var groups = new ArrayList<Future<ClassFiles>>();
            for (var i = 0; i < starts.size() - 1; i++) {
                int from = starts.get(i);
                int to = starts.get(i + 1);
                groups.add(pool.submit(() -> inTurn(turns, from, to)));
            }
            var all = new ClassFiles();
            groups.forEach(group -> all.add(outcome(group)));
            return all;
        }
    }

    private static ClassFiles outcome(Future<ClassFiles> group) {
        try {
            return group.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private ClassFiles inTurn(Semaphore turns, int from, int to) throws InterruptedException {
        var bytes = 0;
        for (var function = Math.max(from, layout.imported()); function < to; function++) {
            bytes = Math.min(bytes + layout.body(function).bytes(), BYTES_AT_ONCE);
        }
        turns.acquire(bytes);
        try {
            return group(from, to);
        } finally {
            turns.release(bytes);
        }
    }

    /** The class of a group of functions, and the classes of their frames. */
    private ClassFiles group(int from, int to) {
        var sizes = layout.sizes();
        while (true) {
            try {
                return group(from, to, sizes);
            } catch (IllegalArgumentException tooLarge) {
                if (!sizes.canShrink()) {
                    throw tooLarge;
                }
                sizes = sizes.smaller();
            }
        }
    }

    private ClassFiles group(int from, int to, SplitSizes sizes) {
        var framed = new ArrayList<FunctionEmitter>();
        var result = new ClassFiles();
        result.write(layout.owner(from), builder -> {
            framed.clear();
            for (var function = from; function < to; function++) {
                if (function < layout.imported()) {
                    ForeignCalls.imported(builder, layout, function);
                } else {
                    var emitter = new FunctionEmitter(layout, function, sizes);
                    emitter.methods(builder);
                    if (emitter.hasFrame()) {
                        framed.add(emitter);
                    }
                }
            }
        });
        framed.forEach(emitter -> emitter.frameClass(result));
        return result;
    }
}
