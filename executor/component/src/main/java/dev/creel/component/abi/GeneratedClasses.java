package dev.creel.component.abi;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The generated classes of the process, one for each key, as hidden classes that the JVM unloads when no linked plan has code of
 * them any more. Thread-safe; generates one class at a time.
 */
final class GeneratedClasses {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Map<String, WeakReference<Class<?>>> KNOWN = new ConcurrentHashMap<>();
    /** Held while a class is generated, so that each is generated once. */
    private static final ReentrantLock GENERATING = new ReentrantLock();

    private static final MethodTypeDesc CONSTRUCTOR = MethodTypeDesc.of(
            ConstantDescs.CD_void, CodeWriter.desc(Signature.class), CodeWriter.desc(Resource[].class));

    private GeneratedClasses() {}

    /** Writes the methods of a class into {@code c}; {@code self} is what they know it by. */
    @FunctionalInterface
    interface Body {
        void write(ClassDesc self, ClassBuilder c);
    }

    /** A class of code. */
    record Made<T>(Class<? extends T> type) {
        T make(Signature signature, Resource[] resources) {
            try {
                return type.getDeclaredConstructor(Signature.class, Resource[].class)
                        .newInstance(signature, resources);
            } catch (InvocationTargetException
                    | InstantiationException
                    | IllegalAccessException
                    | NoSuchMethodException e) {
                throw new IllegalStateException("generated code cannot be made", e);
            }
        }
    }

    /** The class with this key, a subclass of {@code kind} that {@code body} writes if there is none. */
    static <T> Made<T> of(String key, Class<T> kind, Body body) {
        var known = known(key);
        if (known == null) {
            GENERATING.lock();
            try {
                known = known(key);
                if (known == null) {
                    known = defined(kind, body);
                    KNOWN.values().removeIf(reference -> reference.get() == null);
                    KNOWN.put(key, new WeakReference<>(known));
                }
            } finally {
                GENERATING.unlock();
            }
        }
        return new Made<>(known.asSubclass(kind));
    }

    private static @org.jspecify.annotations.Nullable Class<?> known(String key) {
        var reference = KNOWN.get(key);
        return reference == null ? null : reference.get();
    }

    private static Class<?> defined(Class<?> kind, Body body) {
        var base = CodeWriter.desc(kind);
        var self = ClassDesc.of(kind.getPackageName(), "Generated" + kind.getSimpleName());
        var bytes = ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(LOOKUP)))
                .build(self, c -> {
                    c.withSuperclass(base).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                    c.withMethodBody(
                            ConstantDescs.INIT_NAME,
                            CONSTRUCTOR,
                            0,
                            b -> b.aload(0)
                                    .aload(1)
                                    .aload(2)
                                    .invokespecial(base, ConstantDescs.INIT_NAME, CONSTRUCTOR)
                                    .return_());
                    body.write(self, c);
                });
        try {
            return LOOKUP.defineHiddenClass(bytes, true).lookupClass();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("generated code cannot be loaded", e);
        }
    }
}
