package dev.creel.component.chicory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What compiling a module gives.
 *
 * @param main binary name of the class to start with
 * @param bytes binary name → class file
 * @param interpreted indices of the functions that stayed too large for a JVM method
 * @param imported how many functions the module imports, which come first in the index
 */
record GuestClasses(String main, Map<String, byte[]> bytes, BitSet interpreted, int imported) {
    /** Whether this one of the module's own functions stayed too large. */
    boolean interprets(int own) {
        return interpreted.get(imported + own);
    }

    /** As a {@link CodeCache} keeps it; the same for the same classes. */
    byte[] encoded() {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var data = new DataOutputStream(new DeflaterOutputStream(out, deflater))) {
            data.writeUTF(main);
            data.writeInt(imported);
            data.writeInt(interpreted.cardinality());
            for (var function : interpreted.stream().toArray()) {
                data.writeInt(function);
            }
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

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IOException if it is something else
     */
    static GuestClasses decoded(byte[] encoded) throws IOException {
        try (var data = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(encoded)))) {
            var main = data.readUTF();
            var imported = data.readInt();
            var interpreted = new BitSet();
            for (var left = data.readInt(); left > 0; left--) {
                interpreted.set(data.readInt());
            }
            var bytes = new HashMap<String, byte[]>();
            for (var left = data.readInt(); left > 0; left--) {
                var name = data.readUTF();
                bytes.put(name, data.readNBytes(data.readInt()));
            }
            return new GuestClasses(main, bytes, interpreted, imported);
        }
    }
}
