package dev.creel.contract;

/**
 * An amount of bytes, never negative. Written in configuration as {@code 128MiB}, {@code 64KiB}, {@code 10B}
 * (binary multiples only).
 *
 * @param bytes how many
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    /** {@code n} bytes. */
    public static ByteSize ofBytes(long n) {
        return new ByteSize(n);
    }

    /** {@code n} × 1,024 bytes. */
    public static ByteSize ofKiB(long n) {
        return new ByteSize(Math.multiplyExact(n, 1024L));
    }

    /** {@code n} × 1,048,576 bytes. */
    public static ByteSize ofMiB(long n) {
        return new ByteSize(Math.multiplyExact(n, 1024L * 1024));
    }

    /**
     * Reads {@code <number><unit>} with the units B, KiB, MiB and GiB.
     *
     * @throws IllegalArgumentException naming the text, if it has another form
     */
    public static ByteSize parse(String text) {
        var match = java.util.regex.Pattern.compile("(\\d{1,15})\\s*(B|KiB|MiB|GiB)")
                .matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size; write for example 128MiB, 64KiB or 10B");
        }
        long factor = switch (match.group(2)) {
            case "B" -> 1L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            default -> 1L << 30;
        };
        return new ByteSize(Math.multiplyExact(Long.parseLong(match.group(1)), factor));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (var unit : new String[] {"GiB", "MiB", "KiB"}) {
            long factor = parse("1" + unit).bytes;
            if (bytes >= factor && bytes % factor == 0) {
                return bytes / factor + unit;
            }
        }
        return bytes + "B";
    }
}
