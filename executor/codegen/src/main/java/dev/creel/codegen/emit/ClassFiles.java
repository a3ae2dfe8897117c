package dev.creel.codegen.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Class files by the binary names of their classes, which are all public and final. */
final class ClassFiles {
    private final NavigableMap<String, byte[]> files = new TreeMap<>();

    void write(ClassDesc name, Consumer<ClassBuilder> content) {
        var bytes = ClassFile.of().build(name, builder -> {
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            content.accept(builder);
        });
        files.put(name.packageName() + "." + name.displayName(), bytes);
    }

    void add(ClassFiles others) {
        files.putAll(others.files);
    }

    NavigableMap<String, byte[]> byName() {
        return files;
    }
}
