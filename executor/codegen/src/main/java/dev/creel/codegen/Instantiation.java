package dev.creel.codegen;

import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.codegen.run.GuestElements;
import dev.creel.codegen.run.GuestFunction;
import dev.creel.codegen.run.GuestGlobal;
import dev.creel.codegen.run.GuestInstance;
import dev.creel.codegen.run.GuestMemory;
import dev.creel.codegen.run.GuestProgram;
import dev.creel.codegen.run.GuestTable;
import dev.creel.codegen.run.GuestTag;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreTable;
import dev.creel.component.core.CoreTag;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.ValueKind;
import java.util.List;

/** Makes one instance, in the order of the specification, up to its start function. */
final class Instantiation {
    private static final byte[] NOTHING = {};
    private static final int[] NONE = {};

    private final InstancePlan plan;
    private final CoreLimits limits;
    private final GuestInstance instance;
    private final Constants constants;
    private int functions;
    private int memories;
    private int tables;
    private int globals;
    private int tags;

    private Instantiation(InstancePlan plan, GuestProgram program, CoreLimits limits) {
        this.plan = plan;
        this.limits = limits;
        this.instance = new GuestInstance(
                program,
                limits,
                new CoreFunction[plan.functions()],
                plan.memories().size(),
                plan.tables().size(),
                plan.globals().size(),
                plan.tags().size(),
                plan.data().size(),
                plan.elements().size());
        this.constants = new Constants(instance);
    }

    static CodegenInstance of(
            InstancePlan plan, GuestProgram program, List<? extends CoreExtern> imports, CoreLimits limits) {
        var made = new Instantiation(plan, program, limits);
        imports.forEach(made::link);
        made.tags();
        made.globals();
        made.tables();
        made.memories(program.exact());
        made.elements();
        made.data();
        return new CodegenInstance(made.instance, plan);
    }

    private void link(CoreExtern given) {
        switch (given) {
            case CoreFunction function -> instance.imports[functions++] = function;
            case CoreMemory memory -> instance.memories[memories++] = ours(memory, GuestMemory.class);
            case CoreTable table -> {
                var ours = ours(table, GuestTable.class);
                check(ours.fits(plan.references().tables().get(tables)), "table");
                instance.tables[tables++] = ours;
            }
            case CoreGlobal global -> {
                var ours = ours(global, GuestGlobal.class);
                check(ours.fits(plan.references().globals().get(globals)), "global");
                instance.globals[globals++] = ours;
            }
            case CoreTag tag -> instance.tags[tags++] = ours(tag, GuestTag.class);
        }
    }

    private static void check(boolean fits, String what) {
        if (!fits) {
            throw new LinkException("a " + what + " of references of another type than is imported");
        }
    }

    private static <T> T ours(CoreExtern given, Class<T> type) {
        if (!type.isInstance(given)) {
            throw new LinkException("a " + given.getClass().getSimpleName() + " of another engine");
        }
        return type.cast(given);
    }

    private void tags() {
        while (tags < instance.tags.length) {
            instance.tags[tags] = new GuestTag(plan.tags().get(tags));
            tags++;
        }
    }

    private void globals() {
        for (var value : plan.globalValues()) {
            var global = new GuestGlobal(
                    plan.globals().get(globals), plan.references().globals().get(globals));
            if (global.type().value() == ValueKind.FUNCREF) {
                global.function = constants.function(value);
            } else if (global.type().value() == ValueKind.EXNREF) {
                global.exception = constants.exception(value);
            } else if (global.type().value() == ValueKind.V128) {
                global.vector = constants.vector(value);
            } else {
                var bits = constants.bits(value);
                global.i32 = (int) bits;
                global.i64 = bits;
                global.f32 = Float.intBitsToFloat((int) bits);
                global.f64 = Double.longBitsToDouble(bits);
            }
            var field = plan.privates().field(globals);
            if (field >= 0) {
                instance.begin(field, global);
            }
            instance.globals[globals++] = global;
        }
    }

    private void tables() {
        for (var value : plan.tableValues()) {
            var image = plan.images().table(tables);
            var table = new GuestTable(
                    plan.tables().get(tables), plan.references().tables().get(tables), instance, limits, image);
            instance.tables[tables++] = table;
            if (value.isEmpty() || image != null) {
                continue;
            }
            if (table.type().element() == ValueKind.FUNCREF) {
                table.fillFunctions(0, constants.function(value), table.size());
            } else {
                table.fillExternals(0, (int) constants.bits(value), table.size());
            }
        }
        if (instance.tables.length > 0) {
            instance.table = instance.tables[0];
        }
    }

    private void memories(boolean exact) {
        while (memories < instance.memories.length) {
            var type = plan.memories().get(memories);
            var room = exact ? 0 : plan.rooms().room(memories, type.min() * GuestMemory.PAGE);
            instance.memories[memories] =
                    new GuestMemory(type, limits, plan.images().memory(memories), room);
            memories++;
        }
        if (exact) {
            for (var memory : instance.memories) {
                memory.exactly();
            }
        }
        if (instance.memories.length > 0) {
            instance.memory = instance.memories[0];
        }
    }

    private void elements() {
        for (var i = 0; i < instance.elements.length; i++) {
            var element = plan.elements().get(i);
            var content = content(element);
            instance.elements[i] =
                    element instanceof PassiveElement ? content : new GuestElements(NONE, null, instance);
            if (element instanceof ActiveElement active) {
                var table = instance.tables[active.tableIndex()];
                var to = (int) constants.bits(active.offset());
                GuestTable.init(to, 0, content.indices().length, table, content);
            }
        }
    }

    private GuestElements content(Element element) {
        var count = element.elementCount();
        var indices = new int[count];
        var functions = new GuestFunction[count];
        var foreign = false;
        for (var i = 0; i < count; i++) {
            var value = element.initializers().get(i);
            if (!Constants.isFunction(value)) {
                var isFunction = isFunction(element.type().typeIdx());
                functions[i] = isFunction ? constants.function(value) : null;
                indices[i] = isFunction ? GuestFunction.NULL : (int) constants.bits(value);
                foreign |= functions[i] != null;
            } else {
                indices[i] = (int) value.getFirst().operand(0);
            }
        }
        if (foreign) {
            for (var i = 0; i < count; i++) {
                functions[i] = indices[i] == GuestFunction.NULL ? functions[i] : instance.function(indices[i]);
            }
        }
        return new GuestElements(indices, foreign ? functions : null, instance);
    }

    private static boolean isFunction(int heap) {
        return heap >= 0 || heap == ValType.TypeIdxCode.FUNC.code() || heap == ValType.TypeIdxCode.NOFUNC.code();
    }

    private void data() {
        for (var i = 0; i < instance.data.length; i++) {
            var segment = plan.data().get(i);
            instance.data[i] = segment instanceof PassiveDataSegment ? segment.data() : NOTHING;
            if (segment instanceof ActiveDataSegment active) {
                var memory = instance.memories[(int) active.index()];
                var to = (int) constants.bits(active.offsetInstructions());
                GuestMemory.init(to, 0, segment.data().length, memory, segment.data());
            }
        }
    }
}
