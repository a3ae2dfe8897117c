package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.creel.component.core.InvalidModuleException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;

/** Holds the generated classes of one code key; unloaded with the last code that uses them. */
public final class GuestLoader extends ClassLoader {
    private static final MethodType CONSTRUCTOR = MethodType.methodType(void.class, Instance.class);
    private final Map<String, byte[]> pending;
    private final FunctionType[] types;
    private final MethodHandle constructor;

    /** Defines, verifies and initialises all classes now: a request should not, least of all with little stack left. */
    GuestLoader(GuestClasses classes, FunctionType[] types) {
        super(GuestLoader.class.getClassLoader());
        this.pending = new HashMap<>(classes.bytes());
        this.types = types;
        try {
            for (var name : classes.bytes().keySet()) {
                Class.forName(name, true, this);
            }
            var main = Class.forName(classes.main(), true, this).asSubclass(Machine.class);
            this.constructor = MethodHandles.publicLookup()
                    .findConstructor(main, CONSTRUCTOR)
                    .asType(MethodType.methodType(Machine.class, Instance.class));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InvalidModuleException("the compiler made classes that the JVM refuses: " + e, e);
        }
    }

    /** The function types of the module that {@code helper} was generated for. For generated classes only. */
    public static FunctionType[] typesOf(Class<?> helper) {
        return ((GuestLoader) helper.getClassLoader()).types;
    }

    Machine machine(Instance instance) {
        try {
            return (Machine) constructor.invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("making a machine", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = pending.remove(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
