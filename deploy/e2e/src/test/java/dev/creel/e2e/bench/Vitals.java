package dev.creel.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a JVM holds, as {@code jcmd} and Linux tell it.
 *
 * @param heap KiB used, with what is garbage
 * @param metaspace KiB committed: what the loaders of classes keep for themselves counts
 * @param code KiB of machine code
 * @param resident KiB of memory of the process; 0 where Linux does not tell
 */
record Vitals(long heap, long metaspace, long code, long resident, int threads) {
    private static final Pattern HEAP = Pattern.compile("heap\\s.*?used (\\d+)K", Pattern.DOTALL);
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used \\d+K, committed (\\d+)K");
    private static final Pattern CODE = Pattern.compile("CodeCache: [^\\n]*? used=(\\d+)Kb");

    /** Of another process of this user. */
    static Vitals of(ProcessHandle process) throws IOException, InterruptedException {
        return new Vitals(
                find(HEAP, jcmd(process, "GC.heap_info")),
                find(METASPACE, jcmd(process, "VM.metaspace basic scale=KB")),
                find(CODE, jcmd(process, "Compiler.codecache")),
                status(process, "VmRSS:"),
                Math.toIntExact(status(process, "Threads:")));
    }

    /** After everything that is garbage has gone. */
    static Vitals afterFullCollection(ProcessHandle process) throws IOException, InterruptedException {
        // Twice: what finalizers and cleaners let go of goes with the second.
        jcmd(process, "GC.run");
        jcmd(process, "GC.run");
        return of(process);
    }

    static void printHead() {
        System.out.printf(
                "%-18s %9s %9s %9s %9s %8s   %s%n",
                "MiB",
                "heap",
                "metaspace",
                "code",
                "resident",
                "threads",
                "per application, kB: heap, metaspace, resident");
    }

    /** One line, with what each of {@code apps} costs beyond {@code before}. */
    void print(String when, Vitals before, int apps) {
        System.out.printf(
                Locale.ROOT,
                "%-18s %9d %9d %9d %9d %8d   %s%n",
                when,
                heap >> 10,
                metaspace >> 10,
                code >> 10,
                resident >> 10,
                threads,
                apps == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%.1f, %.1f, %.1f",
                                each(heap - before.heap, apps),
                                each(metaspace - before.metaspace, apps),
                                each(resident - before.resident, apps)));
    }

    /** KiB of all in kB of one. */
    private static double each(long kib, int apps) {
        return kib * 1.024 / apps;
    }

    private static long find(Pattern pattern, String text) throws IOException {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("jcmd says nothing of the kind: " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private static String jcmd(ProcessHandle process, String command) throws IOException, InterruptedException {
        var program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        var run = new ProcessBuilder(program.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (run.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + said);
        }
        return said;
    }

    private static long status(ProcessHandle process, String name) throws IOException {
        var file = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(file)) {
            return 0;
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }
}
