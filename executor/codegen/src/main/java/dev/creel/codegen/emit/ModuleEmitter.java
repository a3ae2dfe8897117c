package dev.creel.codegen.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Writes all classes of a module. The same layout gives the same bytes. */
public final class ModuleEmitter {
    private static final int STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc HANDLE = ClassDesc.of("java.lang.invoke.MethodHandle");
    private static final long STACK = 64 << 20;
    /** Functions in one switch. */
    private static final int CHUNK = 128;
    /** Bytes of functions that are emitted at once: some hundred times as much memory. */
    private static final int BYTES_AT_ONCE = 1 << 21;

    /** What chooses among functions that may return with a call pending. */
    private static final String TURN = "turn";

    private final Layout layout;
    private final NavigableMap<String, byte[]> classes = new TreeMap<>();

    private ModuleEmitter(Layout layout) {
        this.layout = layout;
    }

    /** Class name → class file. */
    public static NavigableMap<String, byte[]> classes(Layout layout) {
        var emitter = new ModuleEmitter(layout);
        emitter.functions();
        for (var type = 0; type < layout.types().size(); type++) {
            emitter.calls(type);
        }
        emitter.tailCalls();
        emitter.entry();
        return emitter.classes;
    }

    private void write(ClassDesc name, Consumer<ClassBuilder> content) {
        classes.put(binaryName(name), build(name, content));
    }

    private static byte[] build(ClassDesc name, Consumer<ClassBuilder> content) {
        return ClassFile.of().build(name, builder -> {
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            content.accept(builder);
        });
    }

    private static String binaryName(ClassDesc name) {
        return name.packageName() + "." + name.displayName();
    }

    /** On all processors: groups know nothing of each other. What is in memory at once is bounded, whatever the module is. */
    private void functions() {
        var starts = new ArrayList<Integer>();
        for (var i = 0; i < layout.functions().length; i++) {
            if (i == 0 || layout.group(i) != layout.group(i - 1)) {
                starts.add(i);
            }
        }
        starts.add(layout.functions().length);
        // Nested blocks nest calls, so these threads have a stack that few functions exhaust.
        var threads = Thread.ofPlatform().name("creel-codegen-", 1).daemon().stackSize(STACK);
        try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), threads.factory())) {
            var turns = new Semaphore(BYTES_AT_ONCE, true);
            var groups = new ArrayList<Future<Map<String, byte[]>>>();
            for (var i = 0; i < starts.size() - 1; i++) {
                int from = starts.get(i);
                int to = starts.get(i + 1);
                groups.add(pool.submit(() -> inTurn(turns, from, to)));
            }
            groups.forEach(group -> classes.putAll(outcome(group)));
        }
    }

    private static Map<String, byte[]> outcome(Future<Map<String, byte[]>> group) {
        try {
            return group.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private Map<String, byte[]> inTurn(Semaphore turns, int from, int to) throws InterruptedException {
        var bytes = 0;
        for (var function = Math.max(from, layout.imported()); function < to; function++) {
            bytes = Math.min(bytes + layout.body(function).bytes(), BYTES_AT_ONCE);
        }
        turns.acquire(bytes);
        try {
            return group(from, to);
        } finally {
            turns.release(bytes);
        }
    }

    /** The class of a group of functions, and the classes of their frames. */
    private Map<String, byte[]> group(int from, int to) {
        var sizes = layout.sizes();
        while (true) {
            try {
                return group(from, to, sizes);
            } catch (IllegalArgumentException tooLarge) {
                if (!sizes.canShrink()) {
                    throw tooLarge;
                }
                sizes = sizes.smaller();
            }
        }
    }

    private Map<String, byte[]> group(int from, int to, SplitSizes sizes) {
        var framed = new ArrayList<FunctionEmitter>();
        var result = new HashMap<String, byte[]>();
        var name = layout.owner(from);
        var bytes = build(name, builder -> {
            framed.clear();
            for (var function = from; function < to; function++) {
                if (function < layout.imported()) {
                    imported(builder, function);
                } else {
                    var emitter = new FunctionEmitter(layout, function, sizes);
                    emitter.methods(builder);
                    if (emitter.hasFrame()) {
                        framed.add(emitter);
                    }
                }
            }
        });
        result.put(binaryName(name), bytes);
        framed.forEach(emitter -> result.put(binaryName(emitter.frame), emitter.frameClass()));
        return result;
    }

    /** Calls an import: directly if it is this engine's, else with raw bits. */
    private void imported(ClassBuilder builder, int function) {
        var signature = layout.ofFunction(function);
        builder.withMethodBody(Layout.method(function), signature.method(), STATIC, code -> {
            var instance = signature.slots();
            var guest = instance + 1;
            var host = code.newLabel();
            code.loadConstant(function)
                    .aload(instance)
                    .invokestatic(Names.CROSSING, "guest", MethodTypeDesc.of(Names.FUNCTION, INT, Names.INSTANCE))
                    .astore(guest)
                    .aload(guest)
                    .ifnull(host);
            guest(code, signature, guest, instance);
            code.labelBinding(host);
            pack(code, signature);
            code.loadConstant(function)
                    .aload(instance)
                    .invokestatic(
                            Names.CROSSING, "host", MethodTypeDesc.of(Names.LONGS, Names.LONGS, INT, Names.INSTANCE));
            unpack(code, signature, instance, guest + 1);
        });
    }

    /** Parameters as raw bits in a new array on the stack. */
    private static void pack(CodeBuilder code, Signature signature) {
        code.loadConstant(Results.words(signature.params())).newarray(TypeKind.LONG);
        var slot = 0;
        var word = 0;
        for (var kind : signature.params()) {
            var local = slot;
            Results.into(code, kind, word, code::dup, () -> code.loadLocal(kind.jvm, local));
            slot += kind.jvm.slotSize();
            word += kind.words();
        }
    }

    /** Returns what is in an array on the stack. */
    private static void unpack(CodeBuilder code, Signature signature, int instance, int array) {
        code.astore(array);
        var results = signature.results();
        for (var i = 1; i < results.size(); i++) {
            var word = Results.words(results.subList(0, i));
            var kind = results.get(i);
            Results.put(
                    code, instance, i, kind, () -> Results.outOf(code, kind, word, instance, () -> code.aload(array)));
        }
        if (!results.isEmpty()) {
            Results.outOf(code, results.getFirst(), 0, instance, () -> code.aload(array));
        }
        giveBack(code, signature);
    }

    /** Calls the function in local {@code guest} with the parameters, and returns what it does. */
    static void guest(CodeBuilder code, Signature signature, int guest, int instance) {
        var frames = guest + 1;
        var thrown = guest + 2;
        code.aload(guest)
                .invokevirtual(Names.FUNCTION, "owner", MethodTypeDesc.of(Names.INSTANCE))
                .getfield(Names.INSTANCE, "frames", INT)
                .istore(frames);
        var start = code.newBoundLabel();
        code.aload(guest).invokevirtual(Names.FUNCTION, "entry", MethodTypeDesc.of(HANDLE));
        params(code, signature);
        code.aload(guest)
                .invokevirtual(Names.FUNCTION, "index", MethodTypeDesc.of(INT))
                .aload(guest)
                .invokevirtual(Names.FUNCTION, "owner", MethodTypeDesc.of(Names.INSTANCE))
                .invokevirtual(HANDLE, "invokeExact", signature.with(INT, Names.INSTANCE));
        if (signature.results().size() > 1) {
            code.aload(guest)
                    .aload(instance)
                    .loadConstant(signature.results().size())
                    .invokestatic(
                            Names.CROSSING,
                            "results",
                            MethodTypeDesc.of(ConstantDescs.CD_void, Names.FUNCTION, Names.INSTANCE, INT));
        }
        giveBack(code, signature);
        // An exception has ended functions of the other instance, which did not take their frames back.
        var handler = code.newBoundLabel();
        code.exceptionCatch(start, handler, handler, Names.THROWN)
                .astore(thrown)
                .aload(guest)
                .invokevirtual(Names.FUNCTION, "owner", MethodTypeDesc.of(Names.INSTANCE))
                .iload(frames)
                .putfield(Names.INSTANCE, "frames", INT)
                .aload(thrown)
                .athrow();
    }

    private static void giveBack(CodeBuilder code, Signature signature) {
        code.return_(
                signature.results().isEmpty()
                        ? TypeKind.VOID
                        : signature.results().getFirst().jvm);
    }

    private static void params(CodeBuilder code, Signature signature) {
        var slot = 0;
        for (var kind : signature.params()) {
            code.loadLocal(kind.jvm, slot);
            slot += kind.jvm.slotSize();
        }
    }

    /** Calls by number: from tables, from other instances, from the host. */
    private void calls(int type) {
        var signature = layout.signature(type);
        var candidates = layout.candidates(type);
        write(layout.calls(type), builder -> {
            builder.withMethodBody(
                    "indirect",
                    signature.with(INT, Names.TABLE, Names.INSTANCE),
                    STATIC,
                    code -> indirect(code, signature, type));
            dispatchers(builder, signature, candidates, type, "dispatch");
            if (layout.tails().isType(type)) {
                dispatchers(builder, signature, layout.tails().candidates(type, layout), type, TURN);
                new Trampolines(layout).bounce(builder, type);
            }
            if (layout.references().isCalled(type)) {
                References.caller(builder, layout, type);
            }
            builder.withMethodBody(
                    "enter",
                    MethodTypeDesc.of(Names.LONGS, INT, Names.LONGS, Names.INSTANCE),
                    STATIC,
                    code -> enter(code, signature, type));
        });
    }

    private void indirect(CodeBuilder code, Signature signature, int type) {
        var index = signature.slots();
        var table = index + 1;
        var instance = index + 2;
        var target = index + 3;
        var guest = index + 4;
        var own = code.newLabel();
        code.aload(table)
                .iload(index)
                .invokevirtual(Names.TABLE, "target", MethodTypeDesc.of(INT, INT))
                .istore(target)
                .aload(table)
                .iload(index)
                .aload(instance)
                .invokevirtual(Names.TABLE, "foreign", MethodTypeDesc.of(Names.FUNCTION, INT, Names.INSTANCE))
                .astore(guest)
                .aload(guest)
                .ifnull(own)
                .aload(guest)
                .loadConstant(type)
                .aload(instance)
                .invokestatic(
                        Names.CROSSING,
                        "expected",
                        MethodTypeDesc.of(Names.FUNCTION, Names.FUNCTION, INT, Names.INSTANCE))
                .pop();
        guest(code, signature, guest, instance);
        code.labelBinding(own);
        params(code, signature);
        code.iload(target)
                .aload(instance)
                .invokestatic(layout.calls(type), "dispatch", signature.with(INT, Names.INSTANCE));
        giveBack(code, signature);
    }

    /** A switch over the functions of a type; over switches if there are many. */
    private void dispatchers(
            ClassBuilder builder, Signature signature, List<Integer> candidates, int type, String name) {
        var chunks = new ArrayList<List<Integer>>();
        for (var from = 0; from < candidates.size(); from += CHUNK) {
            chunks.add(candidates.subList(from, Math.min(from + CHUNK, candidates.size())));
        }
        var method = signature.with(INT, Names.INSTANCE);
        if (chunks.size() <= 1) {
            builder.withMethodBody(name, method, STATIC, code -> dispatch(code, signature, candidates, name));
            return;
        }
        builder.withMethodBody(
                name, method, STATIC, code -> choose(code, signature, chunks, 0, chunks.size(), type, name));
        for (var i = 0; i < chunks.size(); i++) {
            var chunk = chunks.get(i);
            builder.withMethodBody(name + i, method, STATIC, code -> dispatch(code, signature, chunk, name));
        }
    }

    /** Halves the chunks until one is left. */
    private void choose(
            CodeBuilder code,
            Signature signature,
            List<List<Integer>> chunks,
            int from,
            int to,
            int type,
            String name) {
        var target = signature.slots();
        if (to - from == 1) {
            params(code, signature);
            code.iload(target)
                    .aload(target + 1)
                    .invokestatic(layout.calls(type), name + from, signature.with(INT, Names.INSTANCE));
            giveBack(code, signature);
            return;
        }
        var middle = (from + to) / 2;
        var upper = code.newLabel();
        code.iload(target).loadConstant(chunks.get(middle).getFirst()).if_icmpge(upper);
        choose(code, signature, chunks, from, middle, type, name);
        code.labelBinding(upper);
        choose(code, signature, chunks, middle, to, type, name);
    }

    private void dispatch(CodeBuilder code, Signature signature, List<Integer> candidates, String name) {
        var target = signature.slots();
        Label none = code.newLabel();
        if (!candidates.isEmpty()) {
            var cases = candidates.stream()
                    .map(function -> SwitchCase.of(function, code.newLabel()))
                    .toList();
            code.iload(target).lookupswitch(none, cases);
            for (var one : cases) {
                code.labelBinding(one.target());
                params(code, signature);
                var function = one.caseValue();
                var method = name.equals(TURN) ? layout.tails().method(function) : Layout.method(function);
                code.aload(target + 1).invokestatic(layout.owner(function), method, signature.method());
                giveBack(code, signature);
            }
        }
        code.labelBinding(none)
                .invokestatic(Names.TRAPS, "mismatch", MethodTypeDesc.of(Names.EXCEPTION))
                .athrow();
    }

    /** From the host: function, raw bits, instance. */
    private void enter(CodeBuilder code, Signature signature, int type) {
        var params = signature.params();
        for (var i = 0; i < params.size(); i++) {
            Results.outOf(code, params.get(i), Results.words(params.subList(0, i)), 2, () -> code.aload(1));
        }
        code.iload(0).aload(2).invokestatic(layout.calls(type), "dispatch", signature.with(INT, Names.INSTANCE));
        var results = signature.results();
        var array = 3;
        var first = 4;
        if (!results.isEmpty()) {
            code.storeLocal(results.getFirst().jvm, first);
        }
        code.loadConstant(Results.words(results)).newarray(TypeKind.LONG).astore(array);
        for (var i = 0; i < results.size(); i++) {
            var index = i;
            var kind = results.get(i);
            Results.into(code, kind, Results.words(results.subList(0, i)), () -> code.aload(array), () -> {
                if (index == 0) {
                    code.loadLocal(kind.jvm, first);
                } else {
                    Results.take(code, 2, index, kind);
                }
            });
        }
        code.aload(array).areturn();
    }

    private void tailCalls() {
        if (!layout.tails().types().isEmpty()) {
            write(layout.desc("B"), new Trampolines(layout)::bounces);
        }
    }

    /** The class that the runtime makes one object of. */
    private void entry() {
        var name = layout.desc("E");
        var enter = MethodTypeDesc.of(Names.LONGS, INT, Names.LONGS, Names.INSTANCE);
        write(name, builder -> {
            builder.withSuperclass(Names.CODE);
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(Names.CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            builder.withMethodBody("enter", enter.insertParameterTypes(0, INT), ClassFile.ACC_PUBLIC, code -> {
                var cases = new ArrayList<SwitchCase>();
                for (var type = 0; type < layout.types().size(); type++) {
                    if (!layout.candidates(type).isEmpty()) {
                        cases.add(SwitchCase.of(type, code.newLabel()));
                    }
                }
                var none = code.newLabel();
                code.iload(1).lookupswitch(none, cases);
                for (var one : cases) {
                    code.labelBinding(one.target())
                            .iload(2)
                            .aload(3)
                            .aload(4)
                            .invokestatic(layout.calls(one.caseValue()), "enter", enter)
                            .areturn();
                }
                code.labelBinding(none)
                        .invokestatic(Names.TRAPS, "mismatch", MethodTypeDesc.of(Names.EXCEPTION))
                        .athrow();
            });
        });
    }
}
