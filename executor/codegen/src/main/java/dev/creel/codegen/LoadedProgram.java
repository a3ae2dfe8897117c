package dev.creel.codegen;

import dev.creel.codegen.emit.Layout;
import dev.creel.codegen.run.GuestCode;
import dev.creel.codegen.run.GuestException;
import dev.creel.codegen.run.GuestFunction;
import dev.creel.codegen.run.GuestInstance;
import dev.creel.codegen.run.GuestProgram;
import dev.creel.codegen.run.V128;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.ValueKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of one code key in the JVM.
 *
 * @param bytes of their files, which is about what they take of the JVM's memory before they run
 */
record LoadedProgram(GuestProgram program, long bytes) {
    /** Defines, verifies and initialises all classes now: a request should not, least of all with little stack left. */
    static LoadedProgram of(ProgramClasses classes) {
        try {
            var loader = new GuestLoader(classes.bytes());
            var lookup = MethodHandles.publicLookup();
            var entry = Class.forName(Layout.entryName(classes.name()), true, loader)
                    .asSubclass(GuestCode.class);
            var dispatchers = new ArrayList<MethodHandle>();
            var results = 0;
            for (var type : classes.types()) {
                var calls = Class.forName(Layout.callsName(classes.name(), dispatchers.size()), true, loader);
                dispatchers.add(lookup.findStatic(calls, "dispatch", dispatcher(type)));
                results = Math.max(results, type.results().size());
            }
            var code = (GuestCode) lookup.findConstructor(entry, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(GuestCode.class))
                    .invokeExact();
            var program = new GuestProgram(
                    code,
                    List.copyOf(classes.types()),
                    classes.functions(),
                    List.copyOf(dispatchers),
                    results,
                    classes.exact());
            return new LoadedProgram(
                    program,
                    classes.bytes().values().stream()
                            .mapToLong(file -> file.length)
                            .sum());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidModuleException("the code generator made classes that the JVM refuses: " + e, e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("making an entry", e);
        }
    }

    private static MethodType dispatcher(CoreFuncType type) {
        var result = type.results().isEmpty() ? void.class : java(type.results().getFirst());
        return MethodType.methodType(
                        result, type.params().stream().map(LoadedProgram::java).toArray(Class<?>[]::new))
                .appendParameterTypes(int.class, GuestInstance.class);
    }

    private static Class<?> java(ValueKind kind) {
        return switch (kind) {
            case I32, EXTERNREF -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case FUNCREF -> GuestFunction.class;
            case EXNREF -> GuestException.class;
            case V128 -> V128.class;
        };
    }
}
