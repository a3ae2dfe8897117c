/** The WebAssembly component model on the JVM. */
module dev.creel.component {
    requires static transitive org.jspecify;
    requires com.dylibso.chicory.wasm;
    requires com.dylibso.chicory.runtime;
    requires com.dylibso.chicory.compiler;
    requires org.objectweb.asm;
    // Its tests are compiled into the module, and measure what threads allocate.
    requires static java.management;
    requires static jdk.management;

    exports dev.creel.component;
    exports dev.creel.component.binary;
    exports dev.creel.component.chicory;
    exports dev.creel.component.core;
    exports dev.creel.component.host;
    exports dev.creel.component.plan;
    exports dev.creel.component.type;
    exports dev.creel.component.wit;
}
