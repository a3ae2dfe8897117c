package dev.creel.component.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes bad binaries of good ones. Half of the time it knows sections, and puts their sizes right behind what it changes, so that the
 * damage gets past the reader.
 */
final class Mutator {
    private static final int HEADER = 8;
    private static final int COMPONENT = 4;
    private static final int MODULE = 1;
    private static final int BYTES_MAX = 1 << 20;
    private static final int[] TELLING = {0, 1, 2, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x60, 0x7d, 0x7f, 0x80, 0xff};

    private final List<byte[]> corpus;
    private final Random random;

    Mutator(List<byte[]> corpus, Random random) {
        this.corpus = corpus;
        this.random = random;
    }

    /** A damaged binary. */
    byte[] next() {
        var bytes = pick();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            bytes = random.nextBoolean() ? garbled(bytes, bytes.length > HEADER ? HEADER : 0) : sections(bytes, 3);
            if (bytes.length > BYTES_MAX) {
                return Arrays.copyOf(bytes, BYTES_MAX);
            }
        }
        return bytes;
    }

    private byte[] pick() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private byte[] garbled(byte[] bytes, int from) {
        if (bytes.length <= from) {
            return bytes;
        }
        int at = from + random.nextInt(bytes.length - from);
        return switch (random.nextInt(8)) {
            case 0, 1 -> with(bytes, at, (byte) random.nextInt(256));
            case 2 -> with(bytes, at, (byte) TELLING[random.nextInt(TELLING.length)]);
            case 3 -> with(bytes, at, (byte) (bytes[at] + (random.nextBoolean() ? 1 : -1)));
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> spliced(bytes, at, 0, number());
            case 6 -> spliced(bytes, at, Math.min(bytes.length - at, 1 + random.nextInt(4)), new byte[0]);
            default -> {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(32));
                yield spliced(
                        bytes,
                        from + random.nextInt(bytes.length - from),
                        0,
                        Arrays.copyOfRange(bytes, at, at + length));
            }
        };
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        var changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] inserted) {
        var out = new ByteArrayOutputStream(bytes.length + inserted.length);
        out.write(bytes, 0, at);
        out.writeBytes(inserted);
        int rest = Math.min(bytes.length, at + removed);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    /** A number at an edge. */
    private byte[] number() {
        var out = new ByteArrayOutputStream();
        leb(
                out,
                switch (random.nextInt(6)) {
                    case 0 -> 0;
                    case 1 -> 0x7fff_ffffL;
                    case 2 -> 0xffff_ffffL;
                    case 3 -> 0x8000_0000L;
                    case 4 -> 1L << random.nextInt(32);
                    default -> random.nextInt(1000);
                });
        return out.toByteArray();
    }

    /** One section of a binary. */
    private record Section(int id, byte[] body) {}

    private byte[] sections(byte[] bytes, int depth) {
        var sections = new ArrayList<>(parse(bytes));
        if (sections.isEmpty()) {
            return garbled(bytes, 0);
        }
        int at = random.nextInt(sections.size());
        var section = sections.get(at);
        switch (random.nextInt(8)) {
            case 0 -> sections.remove(at);
            case 1 -> sections.add(random.nextInt(sections.size() + 1), section);
            case 2 -> sections.set(at, sections.set(random.nextInt(sections.size()), section));
            case 3 -> {
                var others = parse(pick());
                if (!others.isEmpty()) {
                    sections.add(at, others.get(random.nextInt(others.size())));
                }
            }
            case 4 -> sections.set(at, new Section(random.nextInt(14), section.body));
            default -> {
                boolean within = (section.id == COMPONENT || section.id == MODULE) && depth > 0;
                sections.set(
                        at,
                        new Section(section.id, within ? sections(section.body, depth - 1) : garbled(section.body, 0)));
            }
        }
        return joined(bytes, sections);
    }

    private static byte[] joined(byte[] bytes, List<Section> sections) {
        var out = new ByteArrayOutputStream(bytes.length + 64);
        out.write(bytes, 0, HEADER);
        for (var section : sections) {
            out.write(section.id);
            leb(out, section.body.length);
            out.writeBytes(section.body);
        }
        return out.toByteArray();
    }

    private static List<Section> parse(byte[] bytes) {
        var sections = new ArrayList<Section>();
        int at = HEADER;
        while (at < bytes.length) {
            int id = bytes[at++];
            long size = 0;
            int shift = 0;
            while (at < bytes.length && shift < 35) {
                byte next = bytes[at++];
                size |= (long) (next & 0x7f) << shift;
                shift += 7;
                if (next >= 0) {
                    break;
                }
            }
            if (size > bytes.length - at) {
                break;
            }
            sections.add(new Section(id, Arrays.copyOfRange(bytes, at, at + (int) size)));
            at += (int) size;
        }
        return sections;
    }

    private static void leb(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
