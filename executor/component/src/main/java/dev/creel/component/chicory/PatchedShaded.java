package dev.creel.component.chicory;

import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Shaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects Chicory's generated classes, and hands it its helper class with the bodies of {@link Patch} in it. */
final class PatchedShaded extends ByteClassCollector {
    private static final int DIGEST_BYTES = 4;
    private static final ClassDesc PATCH = ClassDesc.of(Patch.class.getName());
    private static final ClassDesc HELPER_TYPE = ClassDesc.of(Shaded.class.getName());
    private static final byte[] HELPER = patched();

    /** Tells apart what was compiled with other patches. */
    static final String DIGEST = digest();

    @Override
    public byte[] resolve(Class<?> wanted) {
        return wanted == Shaded.class ? HELPER.clone() : super.resolve(wanted);
    }

    private static byte[] patched() {
        var files = ClassFile.of();
        var patch = files.parse(read(Patch.class));
        Set<String> replaced = patch.methods().stream().map(PatchedShaded::key).collect(Collectors.toSet());
        // The helper's own fields and initialiser serve only methods that are replaced.
        var merge = ClassTransform.dropping(element -> element instanceof FieldModel
                        || (element instanceof MethodModel method && replaced.contains(key(method))))
                .andThen(ClassTransform.endHandler(builder -> {
                    patch.fields().forEach(builder::with);
                    patch.methods()
                            .forEach(method -> builder.transformMethod(
                                    method, MethodTransform.transformingCode(PatchedShaded::moved)));
                }));
        return files.transformClass(files.parse(read(Shaded.class)), merge);
    }

    /** What names the patch itself names the helper instead. */
    private static void moved(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call
            when call.owner().asSymbol().equals(PATCH) ->
                code.invokestatic(HELPER_TYPE, call.name().stringValue(), call.typeSymbol());
            case FieldInstruction field
            when field.owner().asSymbol().equals(PATCH) ->
                code.fieldAccess(field.opcode(), HELPER_TYPE, field.name().stringValue(), field.typeSymbol());
            case ConstantInstruction constant
            when constant.constantValue().equals(PATCH) -> code.loadConstant(HELPER_TYPE);
            default -> code.with(element);
        }
    }

    private static String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(HELPER), 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String key(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static byte[] read(Class<?> type) {
        var name = type.getName();
        try (var in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            if (in == null) {
                throw new IllegalStateException("no class file of " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the class file of " + name, e);
        }
    }
}
