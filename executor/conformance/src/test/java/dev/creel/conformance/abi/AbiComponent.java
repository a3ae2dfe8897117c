package dev.creel.conformance.abi;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.ExportedFunction;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentDecoder;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.type.ValType;
import dev.creel.conformance.core.Unlimited;
import dev.creel.conformance.run.DiffersException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One component: its own test of its imports, functions that give back what they get, and what is known of this very component.
 * Most export the interface that they import, so one instance serves another.
 */
final class AbiComponent implements Script {
    private static final long SEED = 20261121;
    private static final int ROUNDS = 20;

    private final String name;
    private final Path file;
    private final CallCode calls;
    private final CoreEngine engine;
    private final AbiHost host = new AbiHost(this::callPeer);
    private @Nullable LinkedComponent linked;
    private @Nullable ComponentInstance peer;

    AbiComponent(String name, Path file, CallCode calls, CoreEngine engine) {
        this.name = name;
        this.file = file;
        this.calls = calls;
        this.engine = engine;
    }

    @Override
    public String name() {
        return name + "/" + calls.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Trial> trials() throws Exception {
        var component = link();
        var trials = new ArrayList<Trial>();
        for (var export : component.exports()) {
            var place = name() + ":" + (export.interfaceName().isEmpty() ? "" : export.interfaceName() + ".")
                    + export.name();
            if (export.name().equals("test-imports")) {
                trials.add(new Trial(place, "serves its imports", () -> testImports(component, export)));
            } else if (givesBack(export) && !KnownComponents.isAskedOtherwise(name)) {
                trials.add(new Trial(place, "gives back what it gets", () -> roundTrips(component, export)));
            }
        }
        trials.addAll(new KnownComponents(name, host, () -> instance(component)).trials());
        return trials;
    }

    private LinkedComponent link() throws Exception {
        var bytes = Files.readAllBytes(file);
        var offered =
                OfferedAsImported.of(ComponentDecoder.decode(bytes, engine, ComponentLimits.DEFAULT), this::function);
        var plan = Component.decode(bytes, engine, ComponentLimits.DEFAULT).plan(offered);
        linked = LinkedComponent.of(plan, module -> engine.compile(module, name), offered, calls);
        return linked;
    }

    private HostFunction function(String interfaceName, String function) {
        return host.function(interfaceName, function);
    }

    private static ComponentInstance instance(LinkedComponent component) {
        return component.instantiate(new Store(Unlimited.LIMITS, Unlimited.HANDLES_MAX, Store.Waits.FREE));
    }

    /** The same function of another instance, if the component exports what it imports. */
    private Optional<Object> callPeer(String interfaceName, String function, Object[] args) {
        if (linked == null || linked.find(interfaceName, function).isEmpty()) {
            return Optional.empty();
        }
        if (peer == null) {
            peer = instance(linked);
        }
        var result = peer.function(interfaceName, function).orElseThrow().call(args);
        return Optional.of(result == null ? AbiHost.NOTHING : result);
    }

    private void testImports(LinkedComponent component, ExportedFunction export) throws DiffersException {
        int before = host.calls();
        var result = call(component, export);
        if (result instanceof ValType.Result.Value.Err(var why)) {
            throw new DiffersException("ok", "error " + AbiValues.spelled(why));
        }
        if (host.calls() == before) {
            throw new DiffersException("calls of its imports", "none");
        }
    }

    private static @Nullable Object call(LinkedComponent component, ExportedFunction export, Object... args) {
        return instance(component)
                .function(export.interfaceName(), export.name())
                .orElseThrow(() -> new TrapException("no function " + export.name()))
                .call(args);
    }

    /** Whether its name says so, and its result is of the type of what it takes. */
    private static boolean givesBack(ExportedFunction export) {
        if (!export.name().contains("roundtrip")) {
            return false;
        }
        var params = export.type().params().stream().map(ValType.Field::type).toList();
        var result = export.type().result();
        return result.isPresent()
                && (params.size() == 1
                        ? params.getFirst().equals(result.get())
                        : new ValType.Tuple(params).equals(result.get()));
    }

    private static void roundTrips(LinkedComponent component, ExportedFunction export) throws DiffersException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        var function = instance(component)
                .function(export.interfaceName(), export.name())
                .orElseThrow();
        for (int round = 0; round < ROUNDS; round++) {
            var args = values(export, random);
            var result = function.call(args.clone());
            var expected = AbiValues.spelled(args.length == 1 ? args[0] : args);
            if (!expected.equals(AbiValues.spelled(result))) {
                throw new DiffersException(expected, AbiValues.spelled(result));
            }
        }
    }

    private static Object[] values(ExportedFunction export, RandomGenerator random) {
        return export.type().params().stream()
                .map(param -> AbiValues.value(param.type(), random))
                .toArray();
    }
}
