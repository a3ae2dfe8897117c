package dev.creel.codegen;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.codegen.emit.Layout;
import dev.creel.codegen.run.GuestCode;
import dev.creel.codegen.run.GuestFunction;
import dev.creel.codegen.run.GuestInstance;
import dev.creel.codegen.run.GuestProgram;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.ValueKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The classes of one code key in the JVM. */
record LoadedProgram(GuestProgram program) {
    /** Defines, verifies and initialises all classes now: a request should not, least of all with little stack left. */
    static LoadedProgram of(Layout layout, Map<String, byte[]> classes) {
        try {
            var loader = new GuestLoader(classes);
            var lookup = MethodHandles.publicLookup();
            var entry = Class.forName(layout.entryName(), true, loader).asSubclass(GuestCode.class);
            var types = new ArrayList<CoreFuncType>();
            var dispatchers = new ArrayList<MethodHandle>();
            var results = 0;
            for (var type : layout.types()) {
                var calls = Class.forName(layout.callsName(types.size()), true, loader);
                dispatchers.add(lookup.findStatic(calls, "dispatch", dispatcher(type)));
                types.add(new CoreFuncType(kinds(type.params()), kinds(type.returns())));
                results = Math.max(results, type.returns().size());
            }
            var code = (GuestCode) lookup.findConstructor(entry, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(GuestCode.class))
                    .invokeExact();
            return new LoadedProgram(
                    new GuestProgram(code, List.copyOf(types), layout.functions(), List.copyOf(dispatchers), results));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidModuleException("the code generator made classes that the JVM refuses: " + e, e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("making an entry", e);
        }
    }

    private static MethodType dispatcher(FunctionType type) {
        var result = type.returns().isEmpty() ? void.class : java(type.returns().getFirst());
        return MethodType.methodType(
                        result, type.params().stream().map(LoadedProgram::java).toArray(Class<?>[]::new))
                .appendParameterTypes(int.class, GuestInstance.class);
    }

    private static Class<?> java(ValType type) {
        return switch (kind(type)) {
            case I32, EXTERNREF -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case FUNCREF -> GuestFunction.class;
            case V128, EXNREF -> throw new IllegalArgumentException("a value of " + type);
        };
    }

    private static List<ValueKind> kinds(List<ValType> types) {
        return types.stream().map(LoadedProgram::kind).toList();
    }

    private static ValueKind kind(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> ValueKind.I32;
            case ValType.ID.I64 -> ValueKind.I64;
            case ValType.ID.F32 -> ValueKind.F32;
            case ValType.ID.F64 -> ValueKind.F64;
            default -> type.equals(ValType.FuncRef) ? ValueKind.FUNCREF : ValueKind.EXTERNREF;
        };
    }
}
