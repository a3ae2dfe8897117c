package dev.creel.codegen.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.NavigableMap;

/** Writes all classes of a module. The same layout gives the same bytes. */
public final class ModuleEmitter {
    private ModuleEmitter() {}

    /** Class name → class file. */
    public static NavigableMap<String, byte[]> classes(Layout layout) {
        var classes = new Groups(layout).classes();
        for (var type = 0; type < layout.types().size(); type++) {
            new Dispatchers(layout).write(classes, type);
        }
        if (!layout.tails().types().isEmpty()) {
            classes.write(layout.desc("B"), new Trampolines(layout)::bounces);
        }
        entry(layout, classes);
        return classes.byName();
    }

    /** The class that the runtime makes one object of. */
    private static void entry(Layout layout, ClassFiles classes) {
        var enter = MethodTypeDesc.of(Names.LONGS, ConstantDescs.CD_int, Names.LONGS, Names.INSTANCE);
        classes.write(layout.desc("E"), builder -> {
            builder.withSuperclass(Names.CODE);
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(Names.CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            builder.withMethodBody(
                    "enter", enter.insertParameterTypes(0, ConstantDescs.CD_int), ClassFile.ACC_PUBLIC, code -> {
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
