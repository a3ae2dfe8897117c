package dev.creel.codegen;

import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import com.dylibso.chicory.wasm.types.PassiveElement;
import com.dylibso.chicory.wasm.types.TagSection;
import dev.creel.codegen.emit.PrivateGlobals;
import dev.creel.component.chicory.ValidatedModule;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What instances of a module start from: everything but code.
 *
 * @param functions how many are imported
 * @param importedMemories how many are imported
 * @param memories with those that are imported first, as all others
 * @param tableValues what the module's own tables are filled with; empty for null
 * @param globalValues initial values of the module's own globals
 * @param images of memories and tables, so that segments need not be evaluated
 * @param privates globals that live in fields
 * @param references full types of globals and tables
 * @param rooms that memories of earlier instances had at their end
 * @param start the start function, or -1
 */
record InstancePlan(
        List<CoreImport> imports,
        Map<String, CoreType> exports,
        Map<String, Export> places,
        int functions,
        int importedMemories,
        List<CoreType.Memory> memories,
        List<CoreType.Table> tables,
        List<List<Instruction>> tableValues,
        List<CoreType.Global> globals,
        List<List<Instruction>> globalValues,
        List<CoreType.Tag> tags,
        List<Element> elements,
        List<DataSegment> data,
        Images images,
        PrivateGlobals privates,
        ReferenceTypes references,
        Rooms rooms,
        int start) {
    /** Bytes of heap: what every plan holds, an element's initial value as Chicory has it, what has a name and a type. */
    private static final int OWN = 4_000;

    private static final int ELEMENT = 120;
    private static final int NAMED = 300;

    static InstancePlan of(ValidatedModule validated) {
        var module = validated.module();
        var tableValues = new ArrayList<List<Instruction>>();
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            tableValues.add(module.tableSection().getTable(i).initialize());
        }
        var globalValues = new ArrayList<List<Instruction>>();
        for (var global : module.globalSection().globals()) {
            globalValues.add(List.copyOf(global.initInstructions()));
        }
        int memories =
                module.memorySection().map(section -> section.memoryCount()).orElse(0);
        var memoryTypes = types(validated, ExternalType.MEMORY, memories, CoreType.Memory.class);
        var tableTypes = types(validated, ExternalType.TABLE, tableValues.size(), CoreType.Table.class);
        var images = Images.of(module, memoryTypes, tableTypes);
        return new InstancePlan(
                List.copyOf(validated.imports()),
                validated.exports(),
                validated.places(),
                module.importSection().count(ExternalType.FUNCTION),
                module.importSection().count(ExternalType.MEMORY),
                memoryTypes,
                tableTypes,
                tableValues,
                types(validated, ExternalType.GLOBAL, globalValues.size(), CoreType.Global.class),
                globalValues,
                types(
                        validated,
                        ExternalType.TAG,
                        module.tagSection().map(TagSection::tagCount).orElse(0),
                        CoreType.Tag.class),
                Stream.of(module.elementSection().elements())
                        .map(element -> kept(element, images))
                        .toList(),
                Stream.of(module.dataSection().dataSegments())
                        .map(segment -> kept(segment, images))
                        .toList(),
                images,
                PrivateGlobals.of(module),
                ReferenceTypes.of(module),
                new Rooms(memoryTypes.size()),
                module.startSection().map(start -> (int) start.startIndex()).orElse(-1));
    }

    /** What an image holds is dropped, as a segment is that instances have been given. */
    private static DataSegment kept(DataSegment segment, Images images) {
        return segment instanceof ActiveDataSegment active && images.memory((int) active.index()) != null
                ? PassiveDataSegment.EMPTY
                : segment;
    }

    private static Element kept(Element element, Images images) {
        return element instanceof ActiveElement active && images.table(active.tableIndex()) != null
                ? new PassiveElement(element.type(), List.of())
                : element;
    }

    /** About how much it holds. */
    long bytes() {
        var bytes = OWN + images.bytes();
        for (var segment : data) {
            bytes += segment.data().length;
        }
        for (var element : elements) {
            bytes += (long) element.elementCount() * ELEMENT;
        }
        return bytes + (long) (exports.size() + imports.size() + globals.size()) * NAMED;
    }

    private static <T extends CoreType> List<T> types(
            ValidatedModule validated, ExternalType kind, int own, Class<T> type) {
        var result = new ArrayList<T>();
        var imported = validated.module().importSection().count(kind);
        for (var i = 0; i < imported + own; i++) {
            result.add(type.cast(validated.type(kind, i)));
        }
        return result;
    }
}
