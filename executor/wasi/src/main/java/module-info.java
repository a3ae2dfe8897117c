/** WASI for the component runtime. */
module dev.creel.wasi {
    requires static transitive org.jspecify;
    requires transitive dev.creel.component;
    requires jdk.net;

    exports dev.creel.wasi;
    exports dev.creel.wasi.cli;
    exports dev.creel.wasi.context;
    exports dev.creel.wasi.http;
    exports dev.creel.wasi.io;
}
