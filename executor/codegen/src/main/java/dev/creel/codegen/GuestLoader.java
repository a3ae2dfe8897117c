package dev.creel.codegen;

import java.util.HashMap;
import java.util.Map;

/** Holds the generated classes of one code key; unloaded with the last code that uses them. */
final class GuestLoader extends ClassLoader {
    private final Map<String, byte[]> pending;

    GuestLoader(Map<String, byte[]> classes) throws ClassNotFoundException {
        super(GuestLoader.class.getClassLoader());
        this.pending = new HashMap<>(classes);
        for (var name : classes.keySet()) {
            Class.forName(name, true, this);
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
