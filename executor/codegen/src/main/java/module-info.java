/** WebAssembly to JVM classes: the second engine behind the component model's engine port. */
module dev.creel.codegen {
    requires static transitive org.jspecify;
    requires transitive dev.creel.component;
    requires com.dylibso.chicory.wasm;

    exports dev.creel.codegen;
    exports dev.creel.codegen.emit;
    // Generated classes, which live in class loaders of their own, call it.
    exports dev.creel.codegen.run;
}
