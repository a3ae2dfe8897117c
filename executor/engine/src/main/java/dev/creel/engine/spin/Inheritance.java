package dev.creel.engine.spin;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.HostResource;
import dev.creel.component.host.InterfaceName;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dependency may use of its component's grants (reference spin-app §7.2). Interfaces of the sets that it does not inherit
 * are there, but each function answers as if nothing was granted: with the error that the table below names, or with nothing.
 */
public final class Inheritance {
    /**
     * @param set name of the set of capabilities
     * @param errors what functions that can fail answer: the first of these that their error type has
     * @param paths of interfaces, whatever their version
     */
    private record Denial(String set, List<String> errors, List<String> paths) {}

    private static final String MODELS = "ai_models";
    private static final String HOSTS = "allowed_outbound_hosts";
    private static final String ENVIRONMENT = "environment";
    private static final String FILES = "files";
    private static final String STORES = "key_value_stores";
    private static final String DATABASES = "sqlite_databases";
    private static final String VARIABLES = "variables";

    private static final List<Denial> DENIALS = List.of(
            new Denial(MODELS, List.of("model-not-supported"), List.of("fermyon:spin/llm")),
            new Denial(HOSTS, List.of("destination-not-allowed"), List.of("fermyon:spin/http")),
            new Denial(
                    HOSTS,
                    List.of("other", "other-error", "error"),
                    List.of(
                            "fermyon:spin/mqtt",
                            "fermyon:spin/mysql",
                            "fermyon:spin/postgres",
                            "fermyon:spin/redis",
                            "spin:mqtt/mqtt",
                            "spin:mysql/mysql",
                            "spin:postgres/postgres",
                            "spin:redis/redis")),
            new Denial(HOSTS, List.of("internal-error"), List.of("wasi:http/outgoing-handler", "wasi:http/client")),
            new Denial(
                    HOSTS,
                    List.of("access-denied"),
                    List.of(
                            "wasi:sockets/ip-name-lookup",
                            "wasi:sockets/tcp-create-socket",
                            "wasi:sockets/tcp",
                            "wasi:sockets/udp-create-socket",
                            "wasi:sockets/udp")),
            new Denial(ENVIRONMENT, List.of(), List.of("wasi:cli/environment")),
            new Denial(FILES, List.of(), List.of("wasi:filesystem/preopens")),
            new Denial(
                    STORES,
                    List.of("access-denied"),
                    List.of("fermyon:spin/key-value", "spin:key-value/key-value", "wasi:keyvalue/store")),
            new Denial(DATABASES, List.of("access-denied"), List.of("fermyon:spin/sqlite", "spin:sqlite/sqlite")),
            new Denial(
                    VARIABLES,
                    List.of("undefined", "io", "other"),
                    List.of(
                            "fermyon:spin/config",
                            "fermyon:spin/variables",
                            "spin:variables/variables",
                            "wasi:config/store")));

    private Inheritance() {}

    /** What {@code host} offers to a dependency that inherits so much. */
    public static HostInterfaces of(HostInterfaces host, Inherit inherit) {
        return switch (inherit) {
            case Inherit.All _ -> host;
            case Inherit.Some(var sets) -> {
                var errors = new HashMap<String, List<String>>();
                DENIALS.stream()
                        .filter(denial -> !sets.contains(denial.set()))
                        .forEach(denial -> denial.paths().forEach(path -> errors.put(path, denial.errors())));
                var denied = host.all().stream()
                        .filter(one -> errors.containsKey(path(one)))
                        .map(one -> denied(host, one, errors.getOrDefault(path(one), List.of())))
                        .toList();
                yield host.replacing(denied)
                        .withCore(DeniedPreview1.of(host.core(), sets.contains(ENVIRONMENT), sets.contains(FILES)));
            }
        };
    }

    private static String path(HostInterface one) {
        return InterfaceName.parse(one.name()).path();
    }

    private static HostInterface denied(HostInterfaces host, HostInterface offered, List<String> errors) {
        return offered.withFunctions((name, body) -> {
            var type = Objects.requireNonNull(offered.wit().functions().get(name));
            return denied(host, path(offered), type, errors, body);
        });
    }

    /** Functions that neither fail nor give a list, such as constructors, do no harm and stay as they are. */
    private static HostFunction denied(
            HostInterfaces host, String path, FuncType type, List<String> errors, HostFunction otherwise) {
        if (type.result().isEmpty()) {
            return (store, args) -> null;
        }
        return switch (type.result().get()) {
            case ValType.Result(var ok, var failure)
            when failure.isPresent() -> {
                var error = failure.get();
                yield (store, args) -> {
                    free(host, type, args);
                    return ValType.Result.Value.err(error(path, error, errors, args));
                };
            }
            case ValType.ListOf _ -> (store, args) -> List.of();
            case ValType.Option _ -> (store, args) -> Optional.empty();
            default -> otherwise;
        };
    }

    private static Object error(String path, ValType type, List<String> names, Object[] args) {
        return switch (type) {
            case ValType.EnumOf(var labels) -> index(path, labels, names);
            case ValType.Variant(var cases) -> {
                int index = index(path, cases.stream().map(ValType.Case::name).toList(), names);
                yield new ValType.Variant.Value(index, payload(path, cases.get(index), args));
            }
            default -> throw notPermitted(path);
        };
    }

    private static int index(String path, List<String> labels, List<String> names) {
        return names.stream()
                .map(labels::indexOf)
                .filter(index -> index >= 0)
                .findFirst()
                .orElseThrow(() -> notPermitted(path));
    }

    /** An undefined variable is told its name, everything else why. */
    private static @Nullable Object payload(String path, ValType.Case error, Object[] args) {
        if (error.type().isEmpty()) {
            return null;
        }
        if (error.name().equals("undefined")) {
            return args[0];
        }
        var why =
                "\"" + (path.equals("wasi:http/outgoing-handler") ? "wasi:http/client" : path) + "\" is not permitted";
        return error.type().get() instanceof ValType.Option ? Optional.of(why) : why;
    }

    private static TrapException notPermitted(String path) {
        return new TrapException("\"" + path + "\" is not permitted, and its errors have no word for that");
    }

    /** What the caller gave away is nobody's now. */
    private static void free(HostInterfaces host, FuncType type, Object[] args) {
        for (int i = 0; i < args.length; i++) {
            free(host, type.params().get(i).type(), args[i]);
        }
    }

    private static void free(HostInterfaces host, ValType type, Object value) {
        switch (type) {
            case ValType.Own(ResourceType.Host(var interfaceName, var name)) ->
                host.find(interfaceName)
                        .map(one -> one.resources().get(name))
                        .ifPresent(resource -> drop(resource, value));
            case ValType.Option(var some)
            when value instanceof Optional<?> given -> given.ifPresent(one -> free(host, some, one));
            default -> {}
        }
    }

    private static <T> void drop(HostResource<T> resource, Object value) {
        resource.drop().drop(resource.javaType().cast(value));
    }
}
