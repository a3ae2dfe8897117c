package dev.creel.component.fuzz;

import dev.creel.component.Component;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.wit.Wit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Damaged components that still decode are planned, linked and instantiated, on core modules that have the right types and do nothing.
 * Undamaged core code is not of this layer; what is left is all that the component's own sections say.
 */
final class LinkTarget implements Target {
    private static final String WIT = """
            package test:decode@1.2.0;
            interface clock { resource timer { constructor(); elapsed: func() -> u64; more: func(); } }
            interface names { of: func(number: u32) -> string; }
            """;

    private final CoreEngine engine = new IdleEngine();
    private final List<byte[]> corpus;
    private final HostInterfaces host;

    LinkTarget(List<byte[]> corpus) {
        this.corpus = corpus;
        var interfaces = new ArrayList<HostInterface>();
        Wit.parse(WIT).values().forEach(declared -> {
            var builder = HostInterface.of(declared);
            declared.resources().keySet().forEach(name -> builder.resource(name, Object.class, one -> {}));
            interfaces.add(builder.others((name, type) -> (store, args) -> new Object())
                    .build());
        });
        this.host = HostInterfaces.of(interfaces);
    }

    @Override
    public String name() {
        return "link";
    }

    @Override
    public Attack next(Random random) {
        var bytes = new Mutator(corpus, random).next();
        return new Attack() {
            @Override
            public byte[] input() {
                return bytes;
            }

            @Override
            public void run() {
                try {
                    var component = Component.decode(bytes, engine, ComponentLimits.DEFAULT);
                    var linked = LinkedComponent.of(component.plan(host), engine, host);
                    linked.instantiate(new Store(IdleEngine.LIMITS, 1_000, Store.Waits.FREE));
                } catch (InvalidComponentException | LinkException | InvalidModuleException | TrapException expected) {
                    // Declared.
                }
            }
        };
    }
}
