package dev.creel.codegen;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.codegen.emit.Layout;
import dev.creel.codegen.emit.ModuleEmitter;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The generated classes of one code key, and all that their use needs of the module.
 *
 * @param name what the names of all of them begin with
 * @param types each function type once
 * @param functions for each function, its place in {@code types}
 * @param exact whether the code relies on memories' arrays being as long as they are
 * @param bytes class name → class file
 */
record ProgramClasses(
        String name, List<CoreFuncType> types, int[] functions, boolean exact, Map<String, byte[]> bytes) {
    /** Generates the classes; seconds for a large module. */
    static ProgramClasses of(Layout layout) {
        var types = new ArrayList<CoreFuncType>();
        for (FunctionType type : layout.types()) {
            types.add(new CoreFuncType(kinds(type.params()), kinds(type.returns())));
        }
        return new ProgramClasses(
                layout.name(), types, layout.functions(), layout.exact(), ModuleEmitter.classes(layout));
    }

    private static List<ValueKind> kinds(List<ValType> types) {
        return types.stream().map(ProgramClasses::kind).toList();
    }

    private static ValueKind kind(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> ValueKind.I32;
            case ValType.ID.I64 -> ValueKind.I64;
            case ValType.ID.F32 -> ValueKind.F32;
            case ValType.ID.F64 -> ValueKind.F64;
            case ValType.ID.V128 -> ValueKind.V128;
            default -> reference(type.typeIdx());
        };
    }

    private static ValueKind reference(int heap) {
        if (heap == ValType.TypeIdxCode.EXN.code()) {
            return ValueKind.EXNREF;
        }
        var function =
                heap >= 0 || heap == ValType.TypeIdxCode.FUNC.code() || heap == ValType.TypeIdxCode.NOFUNC.code();
        return function ? ValueKind.FUNCREF : ValueKind.EXTERNREF;
    }

    /** As a cache keeps it; the same for the same classes. */
    byte[] encoded() {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var data = new DataOutputStream(new DeflaterOutputStream(out, deflater))) {
            data.writeUTF(name);
            data.writeInt(types.size());
            for (var type : types) {
                write(data, type.params());
                write(data, type.results());
            }
            data.writeInt(functions.length);
            for (var function : functions) {
                data.writeInt(function);
            }
            data.writeBoolean(exact);
            data.writeInt(bytes.size());
            for (var entry : new TreeMap<>(bytes).entrySet()) {
                data.writeUTF(entry.getKey());
                data.writeInt(entry.getValue().length);
                data.write(entry.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private static void write(DataOutputStream data, List<ValueKind> kinds) throws IOException {
        data.writeShort(kinds.size());
        for (var kind : kinds) {
            data.writeUTF(kind.name());
        }
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IOException if it is something else
     */
    static ProgramClasses decoded(byte[] encoded) throws IOException {
        try (var data = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(encoded)))) {
            var name = data.readUTF();
            var types = new ArrayList<CoreFuncType>();
            for (var left = data.readInt(); left > 0; left--) {
                types.add(new CoreFuncType(kinds(data), kinds(data)));
            }
            var functions = new int[data.readInt()];
            for (var i = 0; i < functions.length; i++) {
                functions[i] = data.readInt();
            }
            var exact = data.readBoolean();
            SortedMap<String, byte[]> bytes = new TreeMap<>();
            for (var left = data.readInt(); left > 0; left--) {
                var file = data.readUTF();
                bytes.put(file, data.readNBytes(data.readInt()));
            }
            return new ProgramClasses(name, types, functions, exact, bytes);
        }
    }

    private static List<ValueKind> kinds(DataInputStream data) throws IOException {
        var kinds = new ArrayList<ValueKind>();
        for (var left = data.readUnsignedShort(); left > 0; left--) {
            kinds.add(ValueKind.valueOf(data.readUTF()));
        }
        return kinds;
    }
}
