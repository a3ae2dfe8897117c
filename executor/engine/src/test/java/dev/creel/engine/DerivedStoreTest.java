package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.contract.artifact.DerivedArtifacts;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DerivedStoreTest {
    private static final byte[] SECRET = new byte[32];
    private static final byte[] CODE = {1, 2, 3, 4};

    private final Shared shared = new Shared();

    /** What all machines see, and an attacker may change. */
    private static final class Shared implements DerivedArtifacts {
        private final Map<String, byte[]> entries = new HashMap<>();
        private boolean away;

        @Override
        public Optional<byte[]> get(String key) throws IOException {
            return has(key) ? Optional.of(entries.get(key)) : Optional.empty();
        }

        @Override
        public boolean has(String key) throws IOException {
            if (away) {
                throw new IOException("away");
            }
            return entries.containsKey(key);
        }

        @Override
        public void put(String key, byte[] bytes) throws IOException {
            has(key);
            entries.put(key, bytes);
        }
    }

    private DerivedStore machine() {
        return new DerivedStore(new MemoryCodeCache(), shared, SECRET);
    }

    @Test
    void whatOneMachineCompiledAnotherFinds() {
        machine().put("key", CODE);
        var other = machine();
        assertTrue(other.has("key"));
        assertArrayEquals(CODE, other.get("key").orElseThrow());
        shared.entries.clear();
        assertArrayEquals(CODE, other.get("key").orElseThrow());
    }

    @Test
    void nothingChangedIsTakenForCode() {
        machine().put("key", CODE);
        machine().put("other", new byte[] {9});
        var whole = shared.entries.get("key");
        for (int i = 0; i < whole.length; i++) {
            var changed = whole.clone();
            changed[i] ^= 1;
            shared.entries.put("key", changed);
            assertEquals(Optional.empty(), machine().get("key"));
            shared.entries.put("key", Arrays.copyOf(whole, i));
            assertEquals(Optional.empty(), machine().get("key"));
        }
        // Code under another name than it was made for.
        shared.entries.put("key", shared.entries.get("other"));
        assertEquals(Optional.empty(), machine().get("key"));
        // Made by somebody who does not know the secret.
        var stranger = new byte[32];
        stranger[0] = 1;
        new DerivedStore(new MemoryCodeCache(), shared, stranger).put("key", CODE);
        assertEquals(Optional.empty(), machine().get("key"));
    }

    @Test
    void whatCannotBeUsedCountsAsNotThereSoThatItIsCompiledAgain() {
        machine().put("key", CODE);
        shared.entries.put("key", new byte[] {1});
        var machine = machine();
        assertEquals(Optional.empty(), machine.get("key"));
        assertFalse(machine.has("key"));
        machine.put("key", CODE);
        assertTrue(machine.has("key"));
        assertArrayEquals(CODE, machine().get("key").orElseThrow());
    }

    @Test
    void aStoreThatIsAwayIsAsIfItHadNothing() {
        var machine = machine();
        shared.away = true;
        machine.put("key", CODE);
        assertArrayEquals(CODE, machine.get("key").orElseThrow());
        assertFalse(machine().has("key"));
        assertEquals(Optional.empty(), machine().get("key"));
    }

    @Test
    void aShortSecretIsNone() {
        assertThrows(
                IllegalArgumentException.class, () -> new DerivedStore(new MemoryCodeCache(), shared, new byte[15]));
    }
}
