package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.codegen.run.GuestMemory;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.MemoryArrays;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A memory ends where its size says, whatever its array has room for. */
final class MemoryTest {
    /** Takes every module for the engine of a language. */
    private static final SplitSizes ENGINE = new SplitSizes(0, 20, 20, 8, 3, 60, 0);

    private static CoreInstance instance(boolean exact) throws IOException {
        return Guests.instance(exact ? new CodegenEngine(ENGINE) : new CodegenEngine(), "memory");
    }

    private static long call(CoreInstance instance, String name, long... args) {
        var results = ((CoreFunction) Guests.export(instance, name)).call(args);
        return results.length == 0 ? 0 : results[0];
    }

    private static boolean traps(CoreInstance instance, String name, long... args) {
        try {
            call(instance, name, args);
            return false;
        } catch (TrapException trap) {
            assertEquals("out of bounds memory access", trap.getMessage());
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "load8, 0, 1",
        "load16, 1, 2",
        "load32, 0, 4",
        "load64, 16, 8",
        "load128, 3, 16",
        "far32, 131072, 4",
        "farthest, 4294967295, 1",
        "store8, 0, 1",
        "store32, 2, 4",
        "store64, 0, 8",
        "farStore64, 65529, 8"
    })
    void accessesTrapBehindTheEndAndNowhereElse(String name, long offset, int width) throws IOException {
        for (var exact : List.of(false, true)) {
            var instance = instance(exact);
            for (var pages : List.of(1, 2, 3, 20, 21, 40)) {
                call(instance, "grow", pages - call(instance, "pages"));
                var size = pages * (long) GuestMemory.PAGE;
                for (var base : bases(size, offset, width)) {
                    var args =
                            name.toLowerCase(Locale.ROOT).contains("store") ? new long[] {base, 0} : new long[] {base};
                    var outside = Integer.toUnsignedLong((int) (long) base) + offset + width > size;
                    assertEquals(outside, traps(instance, name, args), base + " of " + size + ", exact " + exact);
                }
            }
        }
    }

    /** Around the end of the memory, of ints, and of what wraps around to a small index. */
    private static Set<Long> bases(long size, long offset, int width) {
        var bases = new HashSet<Long>();
        for (long near : List.of(0L, size, size + size / 8, 1L << 31, 1L << 32, (1L << 32) - offset)) {
            for (var i = -2 * width - 1; i <= 2 * width + 1; i++) {
                bases.add((long) (int) (near - offset + i));
                bases.add((long) (int) (near + i));
            }
        }
        return bases;
    }

    @Test
    void growthPageByPageCopiesAByteAFewTimes() throws IOException {
        var instance = instance(false);
        var memory = (GuestMemory) Guests.export(instance, "memory");
        call(instance, "store8", 5, 42);
        var arrays = new IdentityHashMap<byte[], Integer>();
        var pages = 2000;
        for (var i = 1; i < pages; i++) {
            assertEquals(i, call(instance, "grow", 1));
            arrays.put(memory.bytes(), i);
            assertEquals((i + 1) * GuestMemory.PAGE, memory.size());
        }
        assertEquals(42, call(instance, "load8", 5));
        var copied = arrays.values().stream().mapToLong(at -> at).sum();
        assertTrue(copied < 20L * pages, copied + " pages copied");
        assertTrue(memory.bytes().length <= memory.size() + memory.size() / 8, memory.bytes().length + " bytes held");
    }

    @Test
    void whatGrowsIsZero() throws IOException {
        var instance = instance(false);
        call(instance, "grow", 9);
        call(instance, "fill", 0, 10L * GuestMemory.PAGE);
        assertEquals(10, call(instance, "grow", 1));
        for (var i = 0; i < GuestMemory.PAGE; i++) {
            assertEquals(0, call(instance, "load8", 10L * GuestMemory.PAGE + i));
        }
    }

    @Test
    void fillsTrapBehindTheEndBeforeTheyWrite() throws IOException {
        var instance = instance(false);
        call(instance, "grow", 9);
        assertThrows(TrapException.class, () -> call(instance, "fill", 0, 10L * GuestMemory.PAGE + 1));
        assertEquals(0, call(instance, "load8", 0));
    }

    @Test
    void aMemoryEndsExactlyForAnEngineThatBorrowsItToo() throws IOException {
        var owner = instance(false);
        call(owner, "grow", 29);
        List<CoreExtern> memory = List.of(Guests.export(owner, "memory"));
        var borrower = Guests.code(new CodegenEngine(ENGINE), "borrowed").instantiate(memory, Guests.UNLIMITED);
        for (var pages = 30; pages < 50; pages++) {
            var end = (long) pages * GuestMemory.PAGE;
            assertEquals(0, call(borrower, "load8", end - 1));
            assertTrue(traps(borrower, "load8", end));
            assertEquals(0, call(owner, "load8", end - 1));
            assertTrue(traps(owner, "load8", end));
            call(pages % 2 == 0 ? owner : borrower, "grow", 1);
        }
    }

    /** Hands out arrays full of what others have left. */
    private static final class Used implements MemoryArrays, CoreLimits {
        private final List<byte[]> given = new ArrayList<>();
        private final List<Integer> asked = new ArrayList<>();

        @Override
        public byte[] take(int length) {
            asked.add(length);
            var array = new byte[length];
            Arrays.fill(array, (byte) 0xaa);
            return array;
        }

        @Override
        public void give(byte[] array) {
            given.add(array);
        }

        @Override
        public MemoryArrays arrays() {
            return this;
        }

        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    }

    @Test
    void nothingIsLeftOfWhoHadTheArrayBefore() throws IOException {
        for (var sizes : List.of(SplitSizes.USUAL, ENGINE)) {
            var code = Guests.code(new CodegenEngine(sizes), "memory");
            var used = new Used();
            for (var run = 0; run < 3; run++) {
                var instance = code.instantiate(List.of(), used);
                for (var page = 1; page < 5; page++) {
                    for (var at = 16; at < page * GuestMemory.PAGE; at += Long.BYTES) {
                        assertEquals(0, call(instance, "load64", at - 16), "run " + run + " at " + at);
                    }
                    call(instance, "grow", 1);
                    call(instance, "fill", 0, 0);
                }
                instance.release();
            }
            assertEquals(3, used.given.size());
        }
    }

    @Test
    void whatBeginsAsDataDoesSoInAUsedArray() throws IOException {
        var used = new Used();
        for (var i = 0; i < 2; i++) {
            var instance = Guests.code(new CodegenEngine(), "bulk").instantiate(List.of(), used);
            var fresh = Guests.instance(new CodegenEngine(), "bulk");
            assertArrayEquals(content(fresh), content(instance));
            instance.release();
        }
        assertEquals(2, used.given.size());
    }

    private static byte[] content(CoreInstance instance) {
        var memory = (GuestMemory) Guests.export(instance, "memory");
        return Arrays.copyOf(memory.bytes(), memory.size());
    }

    @Test
    void aMemoryThatGrewBeginsWithRoomTheNextTime() throws IOException {
        var code = Guests.code(new CodegenEngine(), "memory");
        var used = new Used();
        var begun = new ArrayList<Integer>();
        for (var pages : List.of(8, 8, 1000, 1000)) {
            var asked = used.asked.size();
            var instance = code.instantiate(List.of(), used);
            begun.add(used.asked.get(asked));
            assertEquals(1, call(instance, "pages"));
            assertTrue(traps(instance, "load8", GuestMemory.PAGE));
            call(instance, "grow", pages);
            instance.release();
        }
        assertEquals(GuestMemory.PAGE, begun.get(0));
        assertTrue(begun.get(1) >= 9 * GuestMemory.PAGE, begun.toString());
        assertTrue(begun.get(3) <= 2 * GuestMemory.PAGE + (1 << 20), begun.toString());
    }

    @Test
    void whatGrowsIsZeroInAUsedArray() throws IOException {
        var used = new Used();
        var instance = Guests.code(new CodegenEngine(), "memory").instantiate(List.of(), used);
        call(instance, "store8", 5, 42);
        var asked = used.asked.size();
        // More than one piece.
        assertEquals(1, call(instance, "grow", 100));
        assertEquals(asked + 1, used.asked.size());
        assertEquals(42, call(instance, "load8", 5));
        for (var at = 24; at < 101 * GuestMemory.PAGE; at += Long.BYTES) {
            assertEquals(0, call(instance, "load64", at - 16), "at " + at);
        }
        // What is left behind, nobody else gets while this one runs.
        assertEquals(0, used.given.size());
    }

    @Test
    void aReleasedMemoryIsEmptyAndABorrowedOneStays() throws IOException {
        var used = new Used();
        var owner = Guests.code(new CodegenEngine(), "memory").instantiate(List.of(), used);
        List<CoreExtern> memory = List.of(Guests.export(owner, "memory"));
        var borrower = Guests.code(new CodegenEngine(), "borrowed").instantiate(memory, used);
        borrower.release();
        assertEquals(0, call(owner, "load8", 0));
        owner.release();
        assertTrue(traps(owner, "load8", 0));
        assertTrue(traps(borrower, "load8", 0));
        assertEquals(1, used.given.size());
    }
}
