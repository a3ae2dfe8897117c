package dev.creel.engine;

import dev.creel.component.Component;
import dev.creel.component.Component.Dependency;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.DependencyName;
import dev.creel.engine.spin.Inheritance;
import dev.creel.engine.spin.Spin1Abi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Links a component with its dependencies: finds the imports that each dependency is for (reference spin-app §7.3), and gives
 * each the host's interfaces as far as it inherits them. One use.
 */
final class Composer {
    private final CoreEngine engine;
    private final HostInterfaces host;
    private final Function<Digest, PartCode> codes;
    private final Map<Digest, Component> decoded = new HashMap<>();
    private final IdentityHashMap<CoreModule, Numbered> modules = new IdentityHashMap<>();

    private record Numbered(PartCode code, int number) {}

    /** @param codes what is compiled already of a component */
    Composer(CoreEngine engine, HostInterfaces host, Function<Digest, PartCode> codes) {
        this.engine = engine;
        this.host = host;
        this.codes = codes;
    }

    /**
     * Decodes, links and compiles. May take seconds and much memory.
     *
     * @param binaries the bytes of each part
     * @throws RefusedComponentException if a dependency is at fault, naming it
     * @throws InvalidComponentException if the component itself is no component
     * @throws LinkException if the component itself imports what nobody satisfies
     */
    LinkedComponent link(Composition composition, Map<Digest, byte[]> binaries) {
        var main = decode(composition.component(), binaries);
        var dependencies = new ArrayList<Dependency>();
        var claims = new HashMap<String, String>();
        for (var entry : composition.dependencies().entrySet()) {
            dependencies.add(dependency(entry.getKey(), entry.getValue(), main, claims, binaries));
        }
        try {
            return LinkedComponent.of(main.plan(host, dependencies), this::code, host);
        } catch (LinkException e) {
            throw e.dependency().isPresent() ? refused(e.dependency().get(), e) : e;
        }
    }

    private Dependency dependency(
            String name,
            Composition.Part part,
            Component main,
            Map<String, String> claims,
            Map<Digest, byte[]> binaries) {
        var exports = exports(name, part, main.imports(), claims);
        try {
            return new Dependency(name, decode(part.digest(), binaries), Inheritance.of(host, part.inherit()), exports);
        } catch (InvalidComponentException e) {
            throw refused(name, e);
        }
    }

    private static Map<String, String> exports(
            String name, Composition.Part part, List<String> imports, Map<String, String> claims) {
        var key = parse(name);
        var exports = new LinkedHashMap<String, String>();
        for (var wanted : imports) {
            if (key.matches(wanted)) {
                exports.put(wanted, part.export().orElse(wanted));
                var other = claims.putIfAbsent(wanted, name);
                if (other != null) {
                    throw RefusedComponentException.ofDependency(
                            name, "dependency '" + other + "' is for the import '" + wanted + "', too");
                }
            }
        }
        if (exports.isEmpty()) {
            throw RefusedComponentException.ofDependency(
                    name,
                    "it matches none of the component's imports, which are "
                            + (imports.isEmpty() ? "none at all" : String.join(", ", imports)));
        }
        return exports;
    }

    private static DependencyName parse(String name) {
        try {
            return DependencyName.parse(name);
        } catch (IllegalArgumentException e) {
            throw RefusedComponentException.ofDependency(name, String.valueOf(e.getMessage()));
        }
    }

    private Component decode(Digest digest, Map<Digest, byte[]> binaries) {
        var known = decoded.get(digest);
        if (known == null) {
            known = Component.decode(
                    Objects.requireNonNull(binaries.get(digest)), engine, ComponentLimits.DEFAULT, Spin1Abi.world());
            decoded.put(digest, known);
            var code = codes.apply(digest);
            var all = known.modules();
            for (int i = 0; i < all.size(); i++) {
                modules.put(all.get(i), new Numbered(code, i));
            }
        }
        return known;
    }

    private CoreCode code(CoreModule module) {
        var numbered = modules.get(module);
        if (numbered == null) {
            throw new IllegalStateException("the plan has a module that no component brought");
        }
        return numbered.code().code(numbered.number(), module);
    }

    private static RefusedComponentException refused(String dependency, RuntimeException e) {
        return RefusedComponentException.ofDependency(dependency, String.valueOf(e.getMessage()), e);
    }
}
