package dev.creel.component.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecodingTest {
    private static final CoreEngine ENGINE = new ChicoryEngine();
    private static final int TYPES = 7;
    private static final int U8 = 0x7d;

    @Test
    void saysThatOtherFilesAreNotWebAssembly() {
        assertRefused(Kind.NOT_WASM, "not WebAssembly", "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertRefused(Kind.NOT_WASM, "has only 0 bytes", new byte[0]);
        assertRefused(Kind.MALFORMED, "cut off", new byte[] {0, 'a', 's', 'm', 0x0d});
        assertRefused(Kind.MALFORMED, "from before its release", new byte[] {0, 'a', 's', 'm', 0x0a, 0, 1, 0});
        assertRefused(
                Kind.CORE_MODULE, "not a component", ComponentBytes.module().done());
    }

    @Test
    void saysOfEverySectionThatItIsCutOff() {
        for (int section = 0; section <= 12; section++) {
            var bytes = ComponentBytes.component().bytes(section, 40, 1).done();
            assertRefused(Kind.MALFORMED, "should have 40 bytes, but 1 are left", bytes);
        }
        assertRefused(
                Kind.MALFORMED,
                "unknown section 13",
                ComponentBytes.component().bytes(13, 0).done());
        assertRefused(
                Kind.MALFORMED,
                "1 bytes too many",
                ComponentBytes.component().bytes(TYPES, 2, 0, 0).done());
    }

    @Test
    void aComponentCutOffAnywhereIsRefusedOrShorter() throws IOException {
        var bytes = guest("counters");
        for (int size = 0; size < bytes.length; size++) {
            onlyRefusals(Arrays.copyOf(bytes, size));
        }
    }

    @Test
    void garbledBytesNeverDoMoreThanBeRefused() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (var name : new String[] {"counters", "module"}) {
            var bytes = guest(name);
            for (int i = 0; i < 3_000; i++) {
                var garbled = bytes.clone();
                for (int n = random.nextInt(3); n >= 0; n--) {
                    garbled[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
                }
                onlyRefusals(garbled);
            }
        }
    }

    @Test
    void namesTheFeatureThatIsPartOfNoVersion() {
        assertRefused(
                Kind.UNSUPPORTED,
                "a component start function",
                ComponentBytes.component().bytes(9, 0).done());
    }

    @Test
    void aTypeIndexBeyond63IsNoPrimitive() {
        var types = ComponentBytes.part().u32(70);
        for (int i = 0; i < 69; i++) {
            types.bytes(U8);
        }
        types.bytes(0x70).index(64);
        decode(ComponentBytes.component().section(TYPES, types).done(), ComponentLimits.DEFAULT);

        var negative = ComponentBytes.part().bytes(2, U8, 0x70, 0xc0, 0x40);
        assertRefused(
                Kind.MALFORMED,
                "negative",
                ComponentBytes.component().section(TYPES, negative).done());
    }

    @Test
    void refusesCoreFunctionsOfAnotherSignature() throws IOException {
        assertRefused(Kind.INVALID, "but lifting it needs", guest("unchecked"));
    }

    @Test
    void twoInstancesOfAComponentHaveResourcesOfTheirOwn() throws IOException {
        assertRefused(Kind.INVALID, "cannot be instantiated: its import 'take'", guest("swapped"));
    }

    @Test
    void aSmallComponentWithAHugeTypeIsRefusedAtOnce() {
        var types = ComponentBytes.part().u32(60).bytes(U8);
        for (int i = 0; i < 59; i++) {
            types.bytes(0x6f, 2).index(i).index(i);
        }
        var bytes = ComponentBytes.component().section(TYPES, types).done();
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertRefused(Kind.TOO_LARGE, "more than 1000000 parts", bytes));
    }

    @Test
    void valuesOf256MegabytesAreRefused() {
        var types = ComponentBytes.part().u32(6).bytes(0x77);
        for (int i = 0; i < 5; i++) {
            types.bytes(0x6f).u32(100);
            for (int n = 0; n < 100; n++) {
                types.index(i);
            }
        }
        var limits = limits(1_000_000, Integer.MAX_VALUE);
        var refusal = assertThrows(
                InvalidComponentException.class,
                () -> decode(ComponentBytes.component().section(TYPES, types).done(), limits));
        assertTrue(String.valueOf(refusal.getMessage()).contains("2^28"), refusal.getMessage());
    }

    @Test
    void namesTheCoreModuleThatIsInvalid() {
        var bytes = ComponentBytes.component()
                .section(1, ComponentBytes.module())
                .section(1, ComponentBytes.module().bytes(3, 1, 5))
                .done();
        assertRefused(Kind.MALFORMED, "core module 1: malformed: ", bytes);
    }

    @Test
    void everyLimitHolds() {
        var deep = ComponentBytes.component();
        for (int i = 0; i < 3; i++) {
            deep = ComponentBytes.component().section(4, deep);
        }
        var nested = deep.done();
        decode(nested, new ComponentLimits(4, 0, 3, 0, 100, 100, 100, 100, 100, 100, 100, 1_000));
        assertTooLarge(
                "nested deeper than 3",
                nested,
                new ComponentLimits(3, 0, 3, 0, 100, 100, 100, 100, 100, 100, 100, 1_000));
        assertTooLarge(
                "more than 2 components",
                nested,
                new ComponentLimits(4, 0, 2, 0, 100, 100, 100, 100, 100, 100, 100, 1_000));

        var modules = ComponentBytes.component()
                .section(1, ComponentBytes.module())
                .section(1, ComponentBytes.module())
                .section(2, ComponentBytes.part().bytes(2, 0, 0, 0, 0, 1, 0))
                .done();
        decode(modules, new ComponentLimits(1, 2, 0, 2, 4, 1, 1, 100, 100, 100, 100, 1_000));
        assertTooLarge(
                "more than 1 core modules",
                modules,
                new ComponentLimits(1, 1, 0, 2, 4, 1, 1, 100, 100, 100, 100, 1_000));
        assertTooLarge(
                "more than 1 instances", modules, new ComponentLimits(1, 2, 0, 1, 4, 1, 1, 100, 100, 100, 100, 1_000));
        assertTooLarge(
                "more than 3 definitions",
                modules,
                new ComponentLimits(1, 2, 0, 2, 3, 1, 1, 100, 100, 100, 100, 1_000));

        var lists = type(0x6f, 3, U8, U8, U8);
        decode(lists, limits(3, 4));
        assertTooLarge("3 elements are more than the limit of 2", lists, limits(2, 4));
        assertTooLarge("more than 3 parts", lists, limits(3, 3));

        var depth = ComponentBytes.component()
                .section(TYPES, ComponentBytes.part().bytes(2, 0x70, U8, 0x70, 0))
                .done();
        decode(depth, new ComponentLimits(1, 0, 0, 0, 2, 2, 1, 3, 10, 100, 100, 1_000));
        assertTooLarge("deeper than 2 levels", depth, new ComponentLimits(1, 0, 0, 0, 2, 2, 1, 2, 10, 100, 100, 1_000));

        var bag = ComponentBytes.component()
                .section(5, ComponentBytes.part().bytes(1, 1, 0))
                .section(
                        5,
                        ComponentBytes.part()
                                .bytes(1, 1, 2, 0)
                                .name("a")
                                .bytes(5, 0, 0)
                                .name("b")
                                .bytes(5, 0))
                .done();
        decode(bag, new ComponentLimits(1, 0, 0, 2, 2, 2, 1, 100, 100, 100, 100, 1_000));
        assertTooLarge(
                "2 exports are more than the limit of 1",
                bag,
                new ComponentLimits(1, 0, 0, 2, 2, 1, 1, 100, 100, 100, 100, 1_000));
    }

    @Test
    void namesAndSectionsHaveALength() {
        var bag = ComponentBytes.component()
                .section(5, ComponentBytes.part().bytes(1, 1, 0))
                .section(
                        5,
                        ComponentBytes.part()
                                .bytes(1, 1, 1)
                                .bytes(0)
                                .name("abcd")
                                .bytes(5, 0))
                .done();
        decode(bag, new ComponentLimits(1, 0, 0, 2, 2, 2, 1, 100, 100, 100, 4, 1_000));
        assertTooLarge(
                "a name of 4 bytes is longer than 3",
                bag,
                new ComponentLimits(1, 0, 0, 2, 2, 2, 1, 100, 100, 100, 3, 1_000));

        var section = ComponentBytes.component()
                .section(0, ComponentBytes.part().name("n").bytes(1, 2, 3, 4, 5, 6, 7))
                .done();
        decode(section, new ComponentLimits(1, 0, 0, 0, 1, 1, 1, 100, 100, 100, 9, 9));
        assertTooLarge("9 bytes", section, new ComponentLimits(1, 0, 0, 0, 1, 1, 1, 100, 100, 100, 9, 8));
    }

    @Test
    void checkingTypesEndsWhenTheBudgetDoes() throws IOException {
        var bytes = guest("counters");
        var defaults = ComponentLimits.DEFAULT;
        var few = new ComponentLimits(
                defaults.nesting(),
                defaults.modules(),
                defaults.components(),
                defaults.instances(),
                defaults.definitions(),
                defaults.names(),
                defaults.parts(),
                defaults.typeDepth(),
                defaults.typeSize(),
                10,
                defaults.nameBytes(),
                defaults.sectionBytes());
        assertTooLarge("too many steps", bytes, few);
    }

    private static ComponentLimits limits(int parts, int typeSize) {
        return new ComponentLimits(1, 0, 0, 0, 1_000, 1, parts, 100, typeSize, 100, 100, 1_000_000);
    }

    private static byte[] type(int... bytes) {
        return ComponentBytes.component()
                .section(TYPES, ComponentBytes.part().u32(1).bytes(bytes))
                .done();
    }

    private static void decode(byte[] bytes, ComponentLimits limits) {
        if (ComponentDecoder.preamble(bytes) == ComponentDecoder.Preamble.MODULE) {
            ModuleDecoder.decode(bytes, ENGINE, limits, CoreWorld.NONE);
        } else {
            ComponentDecoder.decode(bytes, ENGINE, limits);
        }
    }

    private static void onlyRefusals(byte[] bytes) {
        try {
            decode(bytes, ComponentLimits.DEFAULT);
        } catch (InvalidComponentException expected) {
            assertTrue(expected.offset() >= 0 && expected.offset() <= bytes.length, expected.toString());
        }
    }

    private static void assertTooLarge(String message, byte[] bytes, ComponentLimits limits) {
        var refusal = assertThrows(InvalidComponentException.class, () -> decode(bytes, limits));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
        assertEquals(Kind.TOO_LARGE, refusal.kind());
    }

    private static void assertRefused(Kind kind, String message, byte[] bytes) {
        var refusal = assertThrows(InvalidComponentException.class, () -> decode(bytes, ComponentLimits.DEFAULT));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.getMessage());
        assertEquals(kind, refusal.kind());
    }

    private static byte[] guest(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/guests/decode", name + ".wasm"));
    }
}
