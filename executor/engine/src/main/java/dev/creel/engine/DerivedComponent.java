package dev.creel.engine;

import dev.creel.contract.artifact.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What executors load a component from: it was decoded, validated, linked and compiled once; what is left is to be trusted. Its code
 * is kept apart, by code key, as it is shared with others.
 *
 * @param engine {@link dev.creel.component.core.CoreEngine#id} of the engine that runs it
 * @param note what its developer should know of how it runs
 * @param parts digest of a part as it was pushed → what is left of it
 */
public record DerivedComponent(String engine, Optional<String> note, Map<Digest, byte[]> parts) {
    private static final int FORM = 1;

    public DerivedComponent {
        parts = Map.copyOf(parts);
    }

    /** What a store keeps it under. */
    static String key(CoreEngines engines, Composition composition) {
        return "component " + FORM + " " + engines.id() + " " + composition.text();
    }

    /** As a store keeps it; the same for equal ones. */
    public byte[] encoded() {
        var out = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(out)) {
            data.writeUTF(engine);
            data.writeBoolean(note.isPresent());
            data.writeUTF(note.orElse(""));
            data.writeInt(parts.size());
            for (var part : new TreeMap<>(parts).entrySet()) {
                data.writeUTF(part.getKey().hex());
                data.writeInt(part.getValue().length);
                data.write(part.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IOException if it is something else
     */
    public static DerivedComponent decoded(byte[] bytes) throws IOException {
        try (var data = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var engine = data.readUTF();
            boolean noted = data.readBoolean();
            var note = data.readUTF();
            var parts = new HashMap<Digest, byte[]>();
            for (int left = data.readInt(); left > 0; left--) {
                var digest = new Digest(data.readUTF());
                int length = data.readInt();
                if (length < 0 || length > data.available()) {
                    throw new IOException("a part of " + length + " bytes ends beyond the end");
                }
                parts.put(digest, data.readNBytes(length));
            }
            return new DerivedComponent(engine, noted ? Optional.of(note) : Optional.empty(), parts);
        } catch (IllegalArgumentException e) {
            throw new IOException("no derived component: " + e.getMessage(), e);
        }
    }
}
