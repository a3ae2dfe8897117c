package dev.creel.engine.compile;

import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import dev.creel.engine.Composition;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the two processes write to each other. Both are of the same build, so that there is one version of it; lengths are written
 * before what they are of.
 */
final class Wire {
    /** A job: composition, binaries. To the compiler. */
    static final int JOB = 'J';
    /** Whether the store has a key; answered by a boolean. From the compiler, as all that follow. */
    static final int HAS = 'H';
    /** What the store has under a key; answered by an optional blob. */
    static final int GET = 'G';
    /** Something for the store: key, blob. */
    static final int PUT = 'P';
    /** How far the job is, in words. */
    static final int PROGRESS = 'S';
    /** The job is done: a derived component. */
    static final int DONE = 'D';
    /** The component is refused: dependency or nothing, sentence. */
    static final int REFUSED = 'R';

    private Wire() {}

    static void text(String text, DataOutputStream out) throws IOException {
        blob(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(blob(in), StandardCharsets.UTF_8);
    }

    static void blob(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] blob(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a length of " + length);
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the other process ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    static void optional(Optional<String> text, DataOutputStream out) throws IOException {
        out.writeBoolean(text.isPresent());
        text(text.orElse(""), out);
    }

    static Optional<String> optional(DataInputStream in) throws IOException {
        boolean present = in.readBoolean();
        var text = text(in);
        return present ? Optional.of(text) : Optional.empty();
    }

    static void composition(Composition composition, DataOutputStream out) throws IOException {
        text(composition.component().hex(), out);
        out.writeInt(composition.dependencies().size());
        for (var entry : composition.dependencies().entrySet()) {
            var part = entry.getValue();
            text(entry.getKey(), out);
            text(part.digest().hex(), out);
            optional(part.export(), out);
            switch (part.inherit()) {
                case Inherit.All ignored -> out.writeInt(-1);
                case Inherit.Some(var sets) -> {
                    out.writeInt(sets.size());
                    for (var set : sets) {
                        text(set, out);
                    }
                }
            }
        }
    }

    static Composition composition(DataInputStream in) throws IOException {
        var component = new Digest(text(in));
        var parts = new HashMap<String, Composition.Part>();
        for (int left = in.readInt(); left > 0; left--) {
            var name = text(in);
            var digest = new Digest(text(in));
            var export = optional(in);
            parts.put(name, new Composition.Part(digest, export, inherit(in)));
        }
        return new Composition(component, parts);
    }

    private static Inherit inherit(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            return new Inherit.All();
        }
        Set<String> sets = new HashSet<>();
        for (int left = count; left > 0; left--) {
            sets.add(text(in));
        }
        return new Inherit.Some(sets);
    }

    static void binaries(Map<Digest, byte[]> binaries, DataOutputStream out) throws IOException {
        out.writeInt(binaries.size());
        for (var one : binaries.entrySet()) {
            text(one.getKey().hex(), out);
            blob(one.getValue(), out);
        }
    }

    static Map<Digest, byte[]> binaries(DataInputStream in) throws IOException {
        var binaries = new HashMap<Digest, byte[]>();
        for (int left = in.readInt(); left > 0; left--) {
            binaries.put(new Digest(text(in)), blob(in));
        }
        return binaries;
    }
}
