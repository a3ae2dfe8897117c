package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.TagType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.codegen.run.GuestMemory;
import dev.creel.component.chicory.ValidatedBody;
import dev.creel.component.chicory.ValidatedModule;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;

/** Where everything of a module is: types once each, functions in classes, what can be called by index. */
public final class Layout {
    /** The flags of methods that are functions, or dispatch to them. */
    static final int STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;

    /** Instructions of functions in one class, about. */
    private static final int CLASS_INSTRUCTIONS = 12_000;

    private final ValidatedModule validated;
    private final Survey survey;
    private final WasmModule module;
    private final String name;
    private final SplitSizes sizes;
    private final List<FunctionType> types = new ArrayList<>();
    private final int[] canonical;
    private final int[] functions;
    private final int[] groups;
    private final int imported;
    private final List<Kind> globals = new ArrayList<>();
    private final List<Long> memories = new ArrayList<>();
    private final List<Kind> tables = new ArrayList<>();
    private final List<Signature> tags = new ArrayList<>();
    private final BitSet callable = new BitSet();
    private final TailCalls tails;
    private final References references;
    private final PrivateGlobals privates;
    private final boolean exact;

    /**
     * The layout of a module whose classes are named from {@code name} and whose functions are cut by {@code sizes}.
     *
     * @param survey of all its functions
     */
    public Layout(ValidatedModule validated, Survey survey, String name, SplitSizes sizes) {
        this.sizes = sizes;
        this.validated = validated;
        this.survey = survey;
        this.module = validated.module();
        this.privates = PrivateGlobals.of(module);
        this.exact = survey.isInterpreter(sizes.engine());
        this.name = name;
        this.imported = module.importSection().count(ExternalType.FUNCTION);
        this.canonical = canonical();
        this.functions = new int[imported + module.functionSection().functionCount()];
        this.groups = new int[functions.length];
        functionTypes();
        this.tails = new TailCalls(survey, imported, functions, canonical);
        this.references = new References(survey, canonical);
        groups();
        values();
        callable();
    }

    private int[] canonical() {
        var places = new LinkedHashMap<FunctionType, Integer>();
        var result = new int[module.typeSection().typeCount()];
        for (var i = 0; i < result.length; i++) {
            var type = module.typeSection().getType(i);
            result[i] = places.computeIfAbsent(type, added -> {
                types.add(added);
                return types.size() - 1;
            });
        }
        return result;
    }

    private void functionTypes() {
        var next = 0;
        for (var i = 0; i < module.importSection().importCount(); i++) {
            switch (module.importSection().getImport(i)) {
                case FunctionImport function -> functions[next++] = canonical[function.typeIndex()];
                case GlobalImport global -> globals.add(Kind.of(global.type()));
                case MemoryImport memory -> memories.add(bytes(memory.limits()));
                case TableImport table -> tables.add(Kind.of(table.entryType()));
                case TagImport tag -> tag(tag.tagType());
                default -> {}
            }
        }
        for (var i = 0; i < module.functionSection().functionCount(); i++) {
            functions[next++] = canonical[module.functionSection().getFunctionType(i)];
        }
    }

    private void groups() {
        var group = 0;
        var size = 0;
        for (var i = 0; i < groups.length; i++) {
            var weight = i < imported ? 40 : survey.instructions(i - imported) + 20;
            if (size > 0 && size + weight > CLASS_INSTRUCTIONS) {
                group++;
                size = 0;
            }
            groups[i] = group;
            size += weight;
        }
    }

    private void values() {
        for (var i = 0; i < module.globalSection().globalCount(); i++) {
            globals.add(Kind.of(module.globalSection().getGlobal(i).valueType()));
        }
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            tables.add(Kind.of(module.tableSection().getTable(i).elementType()));
        }
        module.memorySection().ifPresent(own -> {
            for (var i = 0; i < own.memoryCount(); i++) {
                memories.add(bytes(own.getMemory(i).limits()));
            }
        });
        module.tagSection().ifPresent(own -> {
            for (var tag : own.types()) {
                tag(tag);
            }
        });
    }

    private static long bytes(MemoryLimits limits) {
        return Math.min(Integer.MAX_VALUE, (long) limits.initialPages() * GuestMemory.PAGE);
    }

    private void tag(TagType tag) {
        tags.add(Signature.of(module.typeSection().getType(tag.typeIdx())));
    }

    /** What tables, references and the host can name. */
    private void callable() {
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                callable.set(export.index());
            }
        }
        module.startSection().ifPresent(start -> callable.set((int) start.startIndex()));
        for (var element : module.elementSection().elements()) {
            element.initializers().forEach(value -> Survey.references(value, callable));
            if (element instanceof ActiveElement active) {
                Survey.references(active.offset(), callable);
            }
        }
        for (var global : module.globalSection().globals()) {
            Survey.references(global.initInstructions(), callable);
        }
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            Survey.references(module.tableSection().getTable(i).initialize(), callable);
        }
        callable.or(survey.referenced());
    }

    TailCalls tails() {
        return tails;
    }

    References references() {
        return references;
    }

    SplitSizes sizes() {
        return sizes;
    }

    /** Imported functions come first. */
    public int imported() {
        return imported;
    }

    /** One of the module's own functions. */
    ValidatedBody body(int function) {
        return validated.bodies().get(function - imported);
    }

    /** Each type once. */
    public List<FunctionType> types() {
        return types;
    }

    /** For each function its place among the types. */
    public int[] functions() {
        return functions;
    }

    int type(int typeIndex) {
        return canonical[typeIndex];
    }

    Signature signature(int type) {
        return Signature.of(types.get(type));
    }

    Signature ofFunction(int function) {
        return signature(functions[function]);
    }

    /** A block's parameters and results. */
    Signature ofBlock(long operand) {
        if (operand == 0x40) {
            return new Signature(List.of(), List.of());
        }
        if (ValType.isValid(operand)) {
            return new Signature(List.of(), List.of(Kind.ofId(operand)));
        }
        return Signature.of(module.typeSection().getType((int) operand));
    }

    Kind global(int index) {
        return globals.get(index);
    }

    PrivateGlobals privates() {
        return privates;
    }

    /** What exceptions of a tag carry. */
    List<Kind> tag(int index) {
        return tags.get(index).params();
    }

    /** The bytes that a memory has from the beginning; if they are more than an array holds, there will be no such memory. */
    long leastBytes(int memory) {
        return memories.get(memory);
    }

    /** Whether the arrays of memories are exactly as long as they are. */
    public boolean exact() {
        return exact;
    }

    Kind table(int index) {
        return tables.get(index);
    }

    /** Functions of a type that anything can refer to, ascending. */
    List<Integer> candidates(int type) {
        return callable.stream().filter(i -> functions[i] == type).boxed().toList();
    }

    int group(int function) {
        return groups[function];
    }

    int groupCount() {
        return groups.length == 0 ? 0 : groups[groups.length - 1] + 1;
    }

    ClassDesc owner(int function) {
        return desc("F" + groups[function]);
    }

    ClassDesc calls(int type) {
        return desc("T" + type);
    }

    /** The class with this part of the name. */
    public ClassDesc desc(String part) {
        return ClassDesc.of(name + "$" + part);
    }

    /** What the names of all classes begin with. */
    public String name() {
        return name;
    }

    /** The name of the entry's class, where {@code name} is that of the layout. */
    public static String entryName(String name) {
        return name + "$E";
    }

    /** The name of the class that dispatches calls of {@code type}. */
    public static String callsName(String name, int type) {
        return name + "$T" + type;
    }

    static String method(int function) {
        return "f" + function;
    }
}
