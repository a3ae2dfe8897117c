package dev.creel.component.host;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a host offers, found by the rules of version matching (reference component-model §1.7): an import finds the exact
 * version, or the highest of its compatible track ({@code 0.2.x} share one, {@code 1.x} share one, pre-releases none).
 * Immutable.
 */
public final class HostInterfaces {
    private final Map<String, HostInterface> exact = new HashMap<>();
    private final Map<String, HostInterface> tracks = new HashMap<>();
    private final Map<String, Map<String, CoreHostFunction>> core;

    private HostInterfaces(Collection<HostInterface> interfaces, Map<String, Map<String, CoreHostFunction>> core) {
        for (var one : interfaces) {
            if (exact.put(one.name(), one) != null) {
                throw new IllegalArgumentException(one.name() + " is offered twice");
            }
            InterfaceName.parse(one.name()).track().ifPresent(track -> tracks.merge(track, one, HostInterfaces::newer));
        }
        this.core = Map.copyOf(core);
    }

    /** Offers {@code interfaces} and no core functions. */
    public static HostInterfaces of(Collection<HostInterface> interfaces) {
        return new HostInterfaces(interfaces, Map.of());
    }

    /** The same, with core functions: module → name → function. */
    public HostInterfaces withCore(Map<String, Map<String, CoreHostFunction>> functions) {
        return new HostInterfaces(exact.values(), functions);
    }

    /** The same, but each of {@code others} instead of the interface with its name. */
    public HostInterfaces replacing(Collection<HostInterface> others) {
        var all = new HashMap<>(exact);
        for (var one : others) {
            if (all.put(one.name(), one) == null) {
                throw new IllegalArgumentException(one.name() + " is not offered, so it cannot be replaced");
            }
        }
        return new HostInterfaces(all.values(), core);
    }

    /** Every interface, in no order. */
    public Collection<HostInterface> all() {
        return List.copyOf(exact.values());
    }

    /** Core functions: module → name → function. */
    public Map<String, Map<String, CoreHostFunction>> core() {
        return core;
    }

    /** What satisfies an import of {@code name}. */
    public Optional<HostInterface> find(String name) {
        var found = exact.get(name);
        if (found == null) {
            found = InterfaceName.parse(name).track().map(tracks::get).orElse(null);
        }
        return Optional.ofNullable(found);
    }

    /** The core function {@code module.name}. */
    public Optional<CoreHostFunction> findCore(String module, String name) {
        return Optional.ofNullable(core.getOrDefault(module, Map.of()).get(name));
    }

    private static HostInterface newer(HostInterface a, HostInterface b) {
        return InterfaceName.parse(a.name()).compareVersion(InterfaceName.parse(b.name())) >= 0 ? a : b;
    }
}
