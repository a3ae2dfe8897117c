package dev.creel.component.abi;

import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreModule;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.HostResource;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.CanonOptions;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.plan.Plan;
import dev.creel.component.plan.PlanExport;
import dev.creel.component.plan.Step;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.wit.WitInterface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Builds a plan by hand, over the core modules of {@code src/test/guests/abi}. */
final class TestPlan {
    static final CoreLimits UNLIMITED = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };
    private static final String HOST = "test:abi/host@1.0.0";
    private static final CoreEngine ENGINE = new ChicoryEngine();
    private static final Map<CoreModule, CoreCode> CODES = new ConcurrentHashMap<>();
    private static final Map<String, CoreModule> MODULES = new ConcurrentHashMap<>();

    private final CallCode calls;
    private final Map<String, FuncType> hostTypes = new LinkedHashMap<>();
    private final Map<String, HostFunction> hostBodies = new LinkedHashMap<>();
    private final Map<String, ResourceType.Host> hostResources = new LinkedHashMap<>();
    private final List<HostResource<?>> hostDrops = new ArrayList<>();
    private final List<FuncRef.Host> hostFunctions = new ArrayList<>();
    private final List<CoreModule> modules = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, PlanExport> exports = new LinkedHashMap<>();
    private int instances;
    private int coreInstances;
    private int resources;

    TestPlan(CallCode calls) {
        this.calls = calls;
    }

    static FuncType func(@Nullable ValType result, ValType... params) {
        var fields = new ArrayList<ValType.Field>();
        for (var param : params) {
            fields.add(new ValType.Field("p" + fields.size(), param));
        }
        return new FuncType(fields, Optional.ofNullable(result), false);
    }

    FuncRef.Host host(String name, FuncType type, HostFunction body) {
        hostTypes.put(name, type);
        hostBodies.put(name, body);
        var ref = new FuncRef.Host(HOST, name, type, hostFunctions.size());
        hostFunctions.add(ref);
        return ref;
    }

    <T> ResourceType.Host resource(String name, Class<T> javaType, HostResource.Drop<T> drop) {
        var type = new ResourceType.Host(HOST, name);
        hostResources.put(name, type);
        hostDrops.add(new HostResource<>(name, javaType, drop));
        return type;
    }

    int instance(int parent) {
        steps.add(new Step.NewInstance(instances, parent));
        return instances++;
    }

    int module(String file, int instance, CoreRef... imports) {
        var module = MODULES.computeIfAbsent(file, TestPlan::parse);
        if (!modules.contains(module)) {
            modules.add(module);
        }
        steps.add(new Step.Instantiate(modules.indexOf(module), List.of(imports), coreInstances, instance));
        return coreInstances++;
    }

    /** The number that the next core instance gets. */
    int nextModule() {
        return coreInstances;
    }

    ResourceType.Guest define(int instance, @Nullable CoreRef destructor) {
        var type = new ResourceType.Guest(resources++);
        steps.add(new Step.DefineResource(type, instance, destructor));
        return type;
    }

    /** Options with the memory and realloc of {@code plain}. */
    static CanonOptions options(int core, StringEncoding encoding, @Nullable String postReturn) {
        return new CanonOptions(
                encoding,
                new CoreRef.Export(core, "memory"),
                new CoreRef.Export(core, "realloc"),
                postReturn == null ? null : new CoreRef.Export(core, postReturn));
    }

    static CanonOptions options(int core) {
        return options(core, StringEncoding.UTF8, null);
    }

    static CanonOptions noOptions() {
        return new CanonOptions(StringEncoding.UTF8, null, null, null);
    }

    TestPlan export(String name, FuncRef function) {
        exports.put(name, new PlanExport.Func(function));
        return this;
    }

    TestPlan export(String interfaceName, Map<String, FuncRef> functions) {
        var inside = new HashMap<String, PlanExport>();
        functions.forEach((name, function) -> inside.put(name, new PlanExport.Func(function)));
        exports.put(interfaceName, new PlanExport.Instance(inside));
        return this;
    }

    LinkedComponent link() {
        var host = HostInterface.of(new WitInterface(HOST, Map.of(), hostResources, hostTypes));
        hostBodies.forEach(host::function);
        hostDrops.forEach(resource -> bind(host, resource));
        return LinkedComponent.of(
                new Plan(modules, hostFunctions, steps, exports),
                module -> CODES.computeIfAbsent(module, one -> ENGINE.compile(one, "guest")),
                HostInterfaces.of(List.of(host.build())),
                calls);
    }

    private static <T> void bind(HostInterface.Builder host, HostResource<T> resource) {
        host.resource(resource.name(), resource.javaType(), resource.drop());
    }

    ComponentInstance instantiate(Store store) {
        return link().instantiate(store);
    }

    static Store store() {
        return new Store(UNLIMITED, 100, Store.Waits.FREE);
    }

    static @Nullable Object call(ComponentInstance instance, String name, Object... args) {
        return instance.function("", name).orElseThrow().call(args);
    }

    private static CoreModule parse(String file) {
        try {
            return ENGINE.parse(Files.readAllBytes(Path.of("src/test/guests/abi", file + ".wasm")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
