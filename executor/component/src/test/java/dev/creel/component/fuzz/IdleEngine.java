package dev.creel.component.fuzz;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.CoreTable;
import dev.creel.component.core.CoreTag;
import dev.creel.component.core.CoreType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Core modules that are parsed and validated, and then have exports of the right types that do nothing. */
final class IdleEngine implements CoreEngine {
    static final CoreLimits LIMITS = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return bytes <= 1 << 20;
        }

        @Override
        public boolean reserveTable(long elements) {
            return elements <= 1 << 16;
        }
    };
    private static final int PAGE = 65_536;

    private final CoreEngine parser = new ChicoryEngine();

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public CoreModule parse(byte[] wasm) {
        return parser.parse(wasm);
    }

    @Override
    public CoreCode compile(CoreModule module, String name) {
        return new Code(module.imports(), module.exports());
    }

    private record Code(List<CoreImport> imports, Map<String, CoreType> exports) implements CoreCode {
        @Override
        public CoreInstance instantiate(List<? extends CoreExtern> given, CoreLimits limits) {
            var made = new HashMap<String, CoreExtern>();
            exports.forEach((name, type) -> made.put(name, idle(name, type)));
            return made::get;
        }
    }

    private static CoreExtern idle(String name, CoreType type) {
        return switch (type) {
            case CoreType.Func(var func) ->
                CoreFunction.host(name, func, args -> new long[func.results().size()]);
            case CoreType.Memory memory -> new Memory(memory, new byte[PAGE]);
            case CoreType.Table table -> new Table(table);
            case CoreType.Global global -> new Global(global, 0);
            case CoreType.Tag tag -> new Tag(tag);
        };
    }

    private record Table(CoreType.Table type) implements CoreTable {}

    private record Global(CoreType.Global type, long get) implements CoreGlobal {}

    private record Tag(CoreType.Tag type) implements CoreTag {}

    /** A memory that does not grow. */
    record Memory(CoreType.Memory type, byte[] bytes) implements CoreMemory {
        @Override
        public int size() {
            return bytes.length;
        }
    }
}
