package dev.creel.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store looks like to its successor, when the process died in the middle of a push. */
class CrashTest {
    private static final RepositoryName REPOSITORY = new RepositoryName(new TenantId(new UUID(1, 2)), "hello");
    private static final Push OLD = Push.of("config", "the old layer");
    private static final Push NEW = Push.of("config", "the new layer");

    @TempDir
    Path directory;

    @Test
    void showsTheOldOrTheNewRevisionWholeWhereverItDies() throws IOException {
        int steps = countSteps();
        assertTrue(steps > 30, "a push has many steps, not " + steps);
        boolean sawOld = false;
        boolean sawNew = false;
        for (int step = 0; step < steps; step++) {
            for (boolean torn : new boolean[] {false, true}) {
                var here = directory.resolve(step + (torn ? "-torn" : ""));
                OLD.to(open(here, new QuickDisk()), REPOSITORY, "1");
                dieAt(step, torn, here);
                var shown = assertWhole(here);
                sawOld |= shown.equals(Digest.of(OLD.manifest()));
                sawNew |= shown.equals(Digest.of(NEW.manifest()));
                NEW.to(open(here, new QuickDisk()), REPOSITORY, "1");
                assertEquals(Digest.of(NEW.manifest()), assertWhole(here));
            }
        }
        assertTrue(sawOld && sawNew, "deaths before and after the new revision became visible");
    }

    @Test
    void survivesBeingKilledAgainAndAgain() throws Exception {
        for (int round = 0; round < 3; round++) {
            var child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Xshare:auto",
                            Endless.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = child.inputReader(UTF_8)) {
                for (int pushes = 0; pushes < 2 + 4 * round; pushes++) {
                    assertEquals("pushed", out.readLine());
                }
                child.destroyForcibly();
            }
            assertTrue(child.waitFor(30, TimeUnit.SECONDS));
            assertWhole(directory);
        }
    }

    /** Pushes the two revisions by turns until it is killed; says so after each. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] args) throws IOException {
            var store = open(Path.of(args[0]), new Disk());
            for (int i = 0; ; i++) {
                (i % 2 == 0 ? OLD : NEW).to(store, REPOSITORY, "1");
                System.out.println("pushed");
            }
        }
    }

    private static Digest assertWhole(Path here) throws IOException {
        var store = open(here, new QuickDisk());
        var digest = store.manifest(REPOSITORY, "1").orElseThrow();
        var push = List.of(OLD, NEW).stream()
                .filter(p -> Digest.of(p.manifest()).equals(digest))
                .findFirst()
                .orElseThrow();
        assertArrayEquals(
                push.manifest(),
                store.readManifest(REPOSITORY, "1").orElseThrow().bytes());
        for (var blob : push.blobs()) {
            assertArrayEquals(
                    blob, store.open(REPOSITORY, Digest.of(blob)).orElseThrow().readAllBytes());
        }
        for (var blob : NEW.blobs()) {
            var content = store.open(REPOSITORY, Digest.of(blob));
            if (content.isPresent()) {
                assertArrayEquals(blob, content.get().readAllBytes());
            }
        }
        try (var left = Files.list(here.resolve("uploads"))) {
            assertEquals(List.of(), left.toList());
        }
        return digest;
    }

    private int countSteps() throws IOException {
        var here = directory.resolve("count");
        OLD.to(open(here, new QuickDisk()), REPOSITORY, "1");
        var disk = new DyingDisk(Integer.MAX_VALUE, false);
        NEW.to(open(here, disk), REPOSITORY, "1");
        return disk.step;
    }

    private static void dieAt(int step, boolean torn, Path here) throws IOException {
        try {
            NEW.to(open(here, new DyingDisk(step, torn)), REPOSITORY, "1");
        } catch (Died e) {
            return;
        }
        throw new AssertionError("the disk should have died at step " + step);
    }

    private static FileArtifacts open(Path here, Disk disk) throws IOException {
        return new FileArtifacts(here, ArtifactLimits.DEFAULTS, InstantSource.system(), disk);
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** The real disk, but without waiting for it: the death of a process does not lose what the system has. */
    private static class QuickDisk extends Disk {
        @Override
        void sync(Path fileOrDirectory) {}
    }

    /** The real disk until a step; from then on nothing happens any more, as after a death. A torn step writes half. */
    private static final class DyingDisk extends QuickDisk {
        private final int last;
        private final boolean torn;
        private int step;

        DyingDisk(int last, boolean torn) {
            this.last = last;
            this.torn = torn;
        }

        private void live() {
            if (step++ >= last) {
                throw new Died();
            }
        }

        @Override
        void create(Path file) throws IOException {
            live();
            super.create(file);
        }

        @Override
        void append(Path file, byte[] bytes, int length) throws IOException {
            if (torn && step == last) {
                super.append(file, bytes, length / 2);
            }
            live();
            super.append(file, bytes, length);
        }

        @Override
        void sync(Path fileOrDirectory) {
            live();
        }

        @Override
        void move(Path source, Path target) throws IOException {
            live();
            super.move(source, target);
        }

        @Override
        void delete(Path file) throws IOException {
            live();
            super.delete(file);
        }

        @Override
        void createDirectory(Path directory) throws IOException {
            live();
            super.createDirectory(directory);
        }
    }
}
