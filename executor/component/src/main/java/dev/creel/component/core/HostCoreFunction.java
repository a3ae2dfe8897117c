package dev.creel.component.core;

/** A Java body as a core function. */
record HostCoreFunction(String name, CoreType.Func type, CoreFunction.Body body) implements CoreFunction {
    @Override
    public long[] call(long... args) {
        return body.call(args);
    }
}
