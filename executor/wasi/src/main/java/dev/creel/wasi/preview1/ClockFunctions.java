package dev.creel.wasi.preview1;

import dev.creel.wasi.clocks.Timer;
import dev.creel.wasi.io.Blocking;
import dev.creel.wasi.io.Pollable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** {@code clock_*} and {@code poll_oneoff}. */
final class ClockFunctions {
    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;

    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;
    private static final int ON_CLOCK = 0;
    private static final int ON_READ = 1;
    private static final int ON_WRITE = 2;
    private static final int ABSOLUTE = 1;

    /** What a subscription waits for; an error is an event at once. */
    private record Subscription(long userdata, int type, Pollable pollable, Errno error, long bytes) {}

    private ClockFunctions() {}

    static void bind(Binder binder) {
        binder.bind("clock_res_get", "ii", call -> {
            clock(call, call.i32(0));
            call.putU64(call.u32(1), 1);
        });
        binder.bind(
                "clock_time_get",
                "iIi",
                call -> call.putU64(call.u32(2), clock(call, call.i32(0)).getAsLong()));
        binder.bind("poll_oneoff", "iiii", ClockFunctions::poll);
    }

    /** Nanoseconds since 1970, clipped to the three centuries after it that fit. */
    static long nanos(Instant instant) {
        if (instant.getEpochSecond() < 0) {
            return 0;
        }
        return instant.getEpochSecond() >= Long.MAX_VALUE / 1_000_000_000
                ? Long.MAX_VALUE
                : instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    private static LongSupplier clock(Call call, int id) throws ErrnoException {
        Clock wall = call.context().wallClock();
        return switch (id) {
            case REALTIME -> () -> nanos(wall.instant());
            case MONOTONIC -> call.context().monotonicNanos();
            default -> throw Errno.INVAL.thrown();
        };
    }

    private static void poll(Call call) throws ErrnoException {
        long count = call.u32(2);
        if (count == 0) {
            throw Errno.INVAL.thrown();
        }
        call.check(call.u32(0), count * SUBSCRIPTION_BYTES);
        call.check(call.u32(1), count * EVENT_BYTES);
        call.check(call.u32(3), 4);
        if (count > call.context().limits().pollablesMax()) {
            throw Errno.INVAL.thrown();
        }
        var subscriptions = new ArrayList<Subscription>();
        for (int i = 0; i < count; i++) {
            subscriptions.add(subscription(call, call.u32(0) + (long) i * SUBSCRIPTION_BYTES));
        }
        var ready = ready(call, subscriptions);
        for (int i = 0; i < ready.size(); i++) {
            event(call, call.u32(1) + (long) i * EVENT_BYTES, ready.get(i));
        }
        call.putU32(call.u32(3), ready.size());
    }

    private static List<Subscription> ready(Call call, List<Subscription> subscriptions) {
        var pollables = subscriptions.stream().map(Subscription::pollable).toList();
        while (true) {
            Blocking.untilAny(call.store(), pollables);
            var ready =
                    subscriptions.stream().filter(one -> one.pollable().ready()).toList();
            if (!ready.isEmpty()) {
                return ready;
            }
        }
    }

    private static Subscription subscription(Call call, long at) throws ErrnoException {
        long userdata = call.getU64(at);
        int type = call.getU8(at + 8);
        try {
            return switch (type) {
                case ON_CLOCK -> new Subscription(userdata, type, timer(call, at), Errno.SUCCESS, 0);
                case ON_READ, ON_WRITE -> {
                    var fd = call.fds().get((int) call.getU32(at + 16));
                    yield new Subscription(userdata, type, stream(fd, type), Errno.SUCCESS, bytes(fd));
                }
                default -> throw Errno.INVAL.thrown();
            };
        } catch (ErrnoException e) {
            if (type > ON_WRITE) {
                throw e;
            }
            return new Subscription(userdata, type, Pollable.READY, e.errno(), 0);
        }
    }

    private static Pollable timer(Call call, long at) throws ErrnoException {
        var clock = clock(call, (int) call.getU32(at + 16));
        long timeout = call.getU64(at + 24);
        return (call.getU16(at + 40) & ABSOLUTE) != 0 ? Timer.at(clock, timeout) : Timer.after(clock, timeout);
    }

    private static Pollable stream(Fd fd, int type) throws ErrnoException {
        return switch (fd) {
            case Fd.Input input when type == ON_READ -> input.stream.subscribe();
            case Fd.Output output when type == ON_WRITE -> output.stream.subscribe();
            case Fd.File file -> Pollable.READY;
            case Fd.Input input -> throw Errno.BADF.thrown();
            case Fd.Output output -> throw Errno.BADF.thrown();
            case Fd.Directory directory -> throw Errno.BADF.thrown();
        };
    }

    /** How many bytes are there: of a stream nobody knows, at least one. */
    private static long bytes(Fd fd) {
        try {
            return fd instanceof Fd.File file ? Math.max(0, file.open.stat().size() - file.position) : 1;
        } catch (dev.creel.wasi.filesystem.FileRefusedException e) {
            return 1;
        }
    }

    private static void event(Call call, long at, Subscription of) throws ErrnoException {
        call.putU64(at, of.userdata());
        call.putU16(at + 8, of.error().number());
        call.putU8(at + 10, of.type());
        call.putU64(at + 16, of.bytes());
        call.putU16(at + 24, 0);
    }
}
