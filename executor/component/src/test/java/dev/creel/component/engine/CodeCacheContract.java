package dev.creel.component.engine;

import static dev.creel.component.engine.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.chicory.CodeCache;
import dev.creel.component.core.CoreEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What engines do with a cache of compiled code. */
public abstract class CodeCacheContract {
    private final Function<CodeCache, CoreEngine> engines;

    /** Asks what {@code engines} makes. */
    protected CodeCacheContract(Function<CodeCache, CoreEngine> engines) {
        this.engines = engines;
    }

    @Test
    void anEngineUsesCachedCodeInsteadOfCompiling() {
        var puts = new HashMap<String, byte[]>();
        var cache = new MapCache(puts);
        for (var padding : Padding.values()) {
            var wasm = padding.of(CoreGuests.wasm("owner"));
            var before = puts.size();
            var first = engines.apply(cache);
            first.compile(first.parse(wasm), "first");
            assertEquals(before + 1, puts.size());
            var second = engines.apply(cache);
            var code = second.compile(second.parse(wasm), "second");
            assertEquals(before + 1, puts.size());
            assertEquals(42, i32(code.instantiate(List.of(), CoreGuests.UNLIMITED), "call32", 41, 0));
        }
    }

    @Test
    void anEngineCompilesAnewWhereTheCacheHoldsNonsense() {
        var puts = new HashMap<String, byte[]>();
        var engine = engines.apply(new MapCache(puts));
        var wasm = CoreGuests.wasm("owner");
        engine.compile(engine.parse(wasm), "first");
        puts.replaceAll((key, code) -> new byte[] {1, 2, 3});
        var second = engines.apply(new MapCache(puts));
        var code = second.compile(second.parse(wasm), "second");
        assertEquals(42, i32(code.instantiate(List.of(), CoreGuests.UNLIMITED), "call32", 41, 0));
        assertTrue(puts.values().iterator().next().length > 3);
    }

    private record MapCache(Map<String, byte[]> entries) implements CodeCache {
        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public void put(String key, byte[] code) {
            entries.put(key, code);
        }
    }
}
