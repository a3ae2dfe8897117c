package dev.creel.component.abi;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.plan.CanonOptions;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.plan.Plan;
import dev.creel.component.plan.PlanExport;
import dev.creel.component.plan.Step;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the references of one plan into numbers. Used once, by one thread. */
final class Linker {
    private static final int HOST = -1;

    private final Plan plan;
    private final HostInterfaces host;
    private final Codes codes;
    private final Shapes shapes = new Shapes(this::resource);
    private final IdentityHashMap<FuncType, Signature> signatures = new IdentityHashMap<>();
    private final IdentityHashMap<FuncRef.Lifted, Callee> lifted = new IdentityHashMap<>();
    private final List<Callee.OfHost> hostFunctions = new ArrayList<>();
    private final Map<ResourceType, Step.DefineResource> definitions = new HashMap<>();
    private final Map<ResourceType, Resource> resources = new HashMap<>();
    private final List<Integer> parents = new ArrayList<>();

    private final List<Binding> bindings = new ArrayList<>();
    private final Map<CoreRef.Export, Integer> exportSlots = new HashMap<>();
    private final IdentityHashMap<CoreRef, Integer> otherSlots = new IdentityHashMap<>();
    private final Map<LinkedPlan.InstanceCanon, Integer> canons = new LinkedHashMap<>();

    Linker(Plan plan, HostInterfaces host, Codes codes) {
        this.plan = plan;
        this.host = host;
        this.codes = codes;
    }

    LinkedPlan link(List<CoreCode> codes) {
        plan.hostFunctions().forEach(function -> hostFunctions.add(bound(function)));
        int coreInstances = 0;
        for (var step : plan.steps()) {
            switch (step) {
                case Step.NewInstance made -> parents.add(made.parent());
                case Step.DefineResource defined -> definitions.put(defined.resource(), defined);
                case Step.Instantiate later -> coreInstances++;
                case Step.Call later -> {}
            }
        }
        definitions.keySet().forEach(this::resource);
        var actions = new ArrayList<LinkedPlan.Action>();
        for (var step : plan.steps()) {
            switch (step) {
                case Step.Instantiate(var module, var imports, var coreInstance, var instance) -> {
                    var slots = imports.stream().mapToInt(this::slot).toArray();
                    actions.add(new LinkedPlan.Instantiation(codes.get(module), slots, coreInstance));
                }
                case Step.Call(var function) -> actions.add(new LinkedPlan.Call(slot(function)));
                case Step.NewInstance done -> {}
                case Step.DefineResource done -> {}
            }
        }
        var exports = exports();
        return new LinkedPlan(
                parents.size(),
                coreInstances,
                actions,
                bindings,
                List.copyOf(canons.keySet()),
                Map.copyOf(resources),
                exports);
    }

    private Map<String, Map<String, Callee>> exports() {
        var exports = new LinkedHashMap<String, Map<String, Callee>>();
        plan.exports().forEach((name, export) -> {
            switch (export) {
                case PlanExport.Func(var function) ->
                    exports.computeIfAbsent("", n -> new LinkedHashMap<>()).put(name, callee(function));
                case PlanExport.Instance(var inside) -> {
                    var functions = exports.computeIfAbsent(name, n -> new LinkedHashMap<>());
                    // Instances within instances have no name that a host could ask for.
                    inside.forEach((inner, one) -> {
                        if (one instanceof PlanExport.Func(var function)) {
                            functions.put(inner, callee(function));
                        }
                    });
                }
            }
        });
        return exports;
    }

    private Callee.OfHost bound(FuncRef.Host function) {
        var body = host(function.host())
                .find(function.interfaceName())
                .map(found -> found.functions().get(function.name()))
                .orElseThrow(() -> new LinkException("the host offers no "
                        + (function.interfaceName().isEmpty() ? "" : function.interfaceName() + " ")
                        + function.name()));
        return new Callee.OfHost(function.type(), body);
    }

    /** A host of the plan by its number. */
    private HostInterfaces host(int number) {
        return number == 0 ? host : plan.dependencyHosts().get(number - 1);
    }

    private Callee callee(FuncRef function) {
        return switch (function) {
            case FuncRef.Host ofHost -> hostFunctions.get(ofHost.index());
            case FuncRef.Lifted ofGuest -> {
                var known = lifted.get(ofGuest);
                if (known == null) {
                    known = new Callee.OfGuest(
                            ofGuest.type(),
                            codes.exported(
                                    signature(ofGuest.type()), ofGuest.options().encoding()),
                            slot(ofGuest.core()),
                            canon(ofGuest.options(), ofGuest.instance()),
                            entered(ofGuest.instance(), HOST));
                    lifted.put(ofGuest, known);
                }
                yield known;
            }
        };
    }

    private Signature signature(FuncType type) {
        var known = signatures.get(type);
        if (known == null) {
            if (type.async()) {
                throw new LinkException("async functions (WASI 0.3) are not supported");
            }
            known = new Signature(type, shapes);
            signatures.put(type, known);
        }
        return known;
    }

    private Resource resource(ResourceType type) {
        var known = resources.get(type);
        if (known == null) {
            known = switch (type) {
                case ResourceType.Host ofHost ->
                    Stream.concat(Stream.of(host), plan.dependencyHosts().stream())
                            .flatMap(one -> one.find(ofHost.interfaceName()).stream())
                            .flatMap(
                                    found -> Stream.ofNullable(found.resources().get(ofHost.name())))
                            .findFirst()
                            .<Resource>map(Resource.Host::new)
                            .orElseThrow(() -> new LinkException(
                                    "the host offers no resource " + ofHost.interfaceName() + " " + ofHost.name()));
                case ResourceType.Guest ofGuest -> {
                    var defined = definitions.get(ofGuest);
                    if (defined == null) {
                        throw new LinkException("nothing defines " + ofGuest);
                    }
                    yield new Resource.Guest(
                            ofGuest,
                            defined.instance(),
                            optionalSlot(defined.destructor()),
                            entered(defined.instance(), HOST));
                }
                case ResourceType.Abstract unbound -> throw new LinkException(unbound + " is not bound");
            };
            resources.put(type, known);
        }
        return known;
    }

    private int slot(CoreRef ref) {
        var known = ref instanceof CoreRef.Export export ? exportSlots.get(export) : otherSlots.get(ref);
        if (known != null) {
            return known;
        }
        var binding = binding(ref);
        int slot = bindings.size();
        bindings.add(binding);
        if (ref instanceof CoreRef.Export export) {
            exportSlots.put(export, slot);
        } else {
            otherSlots.put(ref, slot);
        }
        return slot;
    }

    private int optionalSlot(@Nullable CoreRef ref) {
        return ref == null ? -1 : slot(ref);
    }

    private Binding binding(CoreRef ref) {
        return switch (ref) {
            case CoreRef.Export(var instance, var name) -> new Binding.OfExport(instance, name);
            case CoreRef.Lowered(var function, var options, var caller) -> {
                var signature = signature(function.type());
                var type = new CoreType.Func(signature.lowered());
                yield switch (function) {
                    case FuncRef.Host ofHost ->
                        new Binding.OfLowered(
                                type,
                                codes.imported(signature, options.encoding()),
                                canon(options, caller),
                                hostFunctions.get(ofHost.index()));
                    case FuncRef.Lifted ofGuest ->
                        new Binding.OfFused(
                                type,
                                codes.fused(
                                        signature,
                                        options.encoding(),
                                        ofGuest.options().encoding(),
                                        ofGuest.instance() == caller),
                                canon(options, caller),
                                canon(ofGuest.options(), ofGuest.instance()),
                                slot(ofGuest.core()),
                                entered(ofGuest.instance(), caller));
                };
            }
            case CoreRef.Later(var feature, var since, var type, var instance) ->
                new Binding.OfLater(new CoreType.Func(type), feature, since, instance);
            case CoreRef.ResourceNew(var type, var instance) -> new Binding.OfNew(guest(type), instance);
            case CoreRef.ResourceRep(var type, var instance) -> new Binding.OfRep(guest(type), instance);
            case CoreRef.ResourceDrop(var type, var instance) ->
                switch (resource(type)) {
                    case Resource.Host ofHost -> new Binding.OfDrop(ofHost, instance, new int[0]);
                    case Resource.Guest ofGuest ->
                        new Binding.OfDrop(ofGuest, instance, entered(ofGuest.instance(), instance));
                };
            case CoreRef.HostCore(var module, var name, var memory, var number) -> {
                var function = host(number)
                        .findCore(module, name)
                        .orElseThrow(() -> new LinkException("the host offers no " + module + " " + name));
                yield new Binding.OfHostCore(new CoreType.Func(function.type()), function.body(), slot(memory));
            }
        };
    }

    private Resource.Guest guest(ResourceType.Guest type) {
        if (resource(type) instanceof Resource.Guest guest) {
            return guest;
        }
        throw new LinkException("nothing defines " + type);
    }

    private int canon(CanonOptions options, int instance) {
        var linked = new LinkedPlan.InstanceCanon(
                new Canon.Linked(
                        options.encoding(),
                        optionalSlot(options.memory()),
                        optionalSlot(options.realloc()),
                        optionalSlot(options.postReturn())),
                instance);
        var known = canons.get(linked);
        if (known == null) {
            known = canons.size();
            canons.put(linked, known);
        }
        return known;
    }

    /** Instances that a call from {@code from} into {@code target} enters: those around the target that are not around the caller. */
    private int[] entered(int target, int from) {
        var around = new ArrayList<Integer>();
        for (int i = target; i != HOST; i = parents.get(i)) {
            around.add(i);
        }
        for (int i = from; i != HOST; i = parents.get(i)) {
            around.remove(Integer.valueOf(i));
        }
        return around.stream().mapToInt(Integer::intValue).toArray();
    }
}
