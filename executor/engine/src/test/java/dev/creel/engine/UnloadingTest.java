package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.component.core.EngineRole;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is deployed and taken away again leaves nothing behind. Deploys as many as {@code -Dcreel.deploys} says, each with code of its
 * own, and a few hundred else.
 */
@Timeout(1200)
class UnloadingTest {
    private static final int DEPLOYS = Integer.getInteger("creel.deploys", 600);
    private static final int BEFORE = 200;
    /** Bytes that the JVM's own classes may grow by meanwhile. */
    private static final long SLACK = 4 << 20;

    private final MemoryCodeCache store = new MemoryCodeCache();

    /** Room for some twenty. */
    private final ComponentCache cache = new ComponentCache(
            CoreEngines.only(new CodegenEngine(store, EngineRole.RUN)),
            GuestInterfaces.all(),
            new CompileStep(CoreEngines.only(new CodegenEngine(store, EngineRole.COMPILE)), GuestInterfaces.all()),
            store,
            new ModuleCacheConfig(ByteSize.ofMiB(1), Duration.ofMinutes(10), 100));

    @Test
    void metaspaceStaysWhereItIsHoweverManyAreDeployed() throws Exception {
        var tenant = TenantId.random();
        long early = 0;
        for (int i = 0; i < DEPLOYS; i++) {
            if (i == BEFORE) {
                early = metaspace();
            }
            var wasm = command(i);
            cache.prepare(tenant, Composition.of(Digest.of(wasm)), digest -> wasm, words -> {});
            store.clear();
        }
        long late = metaspace();
        System.out.println("metaspace after " + BEFORE + " deploys " + early + " bytes, after " + DEPLOYS + " " + late);
        assertEquals(DEPLOYS, cache.numbers().compiled());
        assertTrue(late - early < SLACK, "metaspace grew from " + early + " to " + late);
    }

    /** A command whose code has {@code number} in it: {@code (func (export "_start") (drop (i32.const number)))}. */
    private static byte[] command(int number) {
        return new byte[] {
            0,
            'a',
            's',
            'm',
            1,
            0,
            0,
            0,
            1,
            4,
            1,
            0x60,
            0,
            0,
            3,
            2,
            1,
            0,
            7,
            10,
            1,
            6,
            '_',
            's',
            't',
            'a',
            'r',
            't',
            0,
            0,
            10,
            9,
            1,
            7,
            0,
            0x41,
            (byte) (0x80 | (number & 0x7f)),
            (byte) (0x80 | ((number >> 7) & 0x7f)),
            (byte) ((number >> 14) & 0x3f),
            0x1a,
            0x0b
        };
    }

    /** Bytes that classes take, without those that can go. */
    private static long metaspace() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getName().equals("Metaspace"))
                            .map(MemoryPoolMXBean::getUsage)
                            .mapToLong(usage -> usage.getUsed())
                            .sum());
        }
        return least;
    }
}
