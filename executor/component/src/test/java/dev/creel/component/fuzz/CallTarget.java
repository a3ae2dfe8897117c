package dev.creel.component.fuzz;

import dev.creel.component.LinkedComponent;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CanonOptions;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.plan.Plan;
import dev.creel.component.plan.PlanExport;
import dev.creel.component.plan.Step;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import dev.creel.component.wit.WitInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Functions of random types are called both ways, with a guest that answers random core values, over a memory of random bytes, whose
 * realloc lies now and then. What comes out must be a value of the type; else it must be a trap. A function that gives back the very
 * core values that it gets must give back an equal value.
 */
final class CallTarget implements Target {
    private static final String HOST = "test:fuzz/host@1.0.0";
    private static final long LIFTED_BYTES_MAX = 2 << 20;

    @Override
    public String name() {
        return "call";
    }

    @Override
    public Attack next(Random random) {
        var types = new RandomTypes(random);
        boolean echo = random.nextInt(4) == 0;
        var param = types.type();
        var result = echo ? param : types.type();
        var encoding = List.of(StringEncoding.values()).get(random.nextInt(3));
        var value = types.value(param);
        long seed = random.nextLong();
        return new Attack() {
            @Override
            public byte[] input() {
                return ((echo ? "echo " : "") + encoding + " " + param + " -> " + result)
                        .getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void run() {
                var guest = new LyingGuest(new Random(seed), param, result, echo);
                var linked = linked(
                        guest,
                        new FuncType(List.of(new ValType.Field("p", param)), Optional.of(result), false),
                        encoding);
                var store = new Store(IdleEngine.LIMITS, 100, LIFTED_BYTES_MAX, Store.Waits.FREE);
                try {
                    var answer = linked.instantiate(store)
                            .function("", "f")
                            .orElseThrow()
                            .call(value);
                    check(guest, result, answer, value);
                } catch (TrapException expected) {
                    // Declared.
                }
            }
        };
    }

    private static void check(LyingGuest guest, ValType type, @Nullable Object answer, Object given) {
        if (!RandomTypes.conforms(type, answer)) {
            throw new AssertionError("no value of " + type + " came out: " + answer);
        }
        if (guest.echoed() && !RandomTypes.plain(given).equals(RandomTypes.plain(answer))) {
            throw new AssertionError("given " + RandomTypes.plain(given) + ", got back " + RandomTypes.plain(answer));
        }
    }

    private static LinkedComponent linked(LyingGuest guest, FuncType type, StringEncoding encoding) {
        var options =
                new CanonOptions(encoding, new CoreRef.Export(0, "memory"), new CoreRef.Export(0, "realloc"), null);
        var take = new FuncRef.Host(HOST, "take", type, 0);
        var plan = new Plan(
                List.of(guest),
                List.of(take),
                List.of(
                        new Step.NewInstance(0, -1),
                        new Step.Instantiate(0, List.of(new CoreRef.Lowered(take, options, 0)), 0, 0)),
                Map.of("f", new PlanExport.Func(new FuncRef.Lifted(new CoreRef.Export(0, "f"), type, options, 0))));
        HostFunction body = (store, args) -> {
            var param = type.params().getFirst().type();
            if (!RandomTypes.conforms(param, args[0])) {
                throw new AssertionError("no value of " + param + " came in: " + args[0]);
            }
            return guest.answer();
        };
        var host = HostInterface.of(new WitInterface(HOST, Map.of(), Map.of(), Map.of("take", type)))
                .function("take", body)
                .build();
        return LinkedComponent.of(plan, (CoreModule module) -> (CoreCode) guest, HostInterfaces.of(List.of(host)));
    }
}
