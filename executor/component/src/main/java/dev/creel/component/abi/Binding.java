package dev.creel.component.abi;

import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.CoreHostFunction;
import org.jspecify.annotations.Nullable;

/** What stands in a slot of a plan: makes the core item of one instance tree. Immutable; shared by all instances. */
sealed interface Binding {
    /** The item in {@code tree}. */
    CoreExtern bind(InstanceTree tree);

    /** An export of a core instance. */
    record OfExport(int instance, String name) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var found = tree.core(instance).export(name);
            if (found == null) {
                throw new IllegalStateException("the core instance has no export " + name);
            }
            return found;
        }
    }

    /**
     * {@code canon lower} of a function of the host.
     *
     * @param canon options of the caller
     */
    record OfLowered(CoreType.Func type, ImportCode code, int canon, Callee.OfHost callee) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var caller = tree.canon(canon);
            return new Trampoline(tree, type) {
                @Override
                long[] run(long[] args) {
                    caller.instance.checkMayLeave();
                    var frame = new Frame(caller, false);
                    var values = code.liftParams(frame, args);
                    var result = callee.call(tree, values);
                    var core = code.lowerResult(frame, args, result);
                    frame.releaseLent();
                    return core;
                }
            };
        }
    }

    /**
     * {@code canon lower} of what another guest lifts.
     *
     * @param caller options of the caller
     * @param callee options of the callee
     * @param core slot of the callee's core function
     * @param entered component instances that a call enters
     */
    record OfFused(CoreType.Func type, FusedCode code, int caller, int callee, int core, int[] entered)
            implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var outer = tree.canon(caller);
            var inner = tree.canon(callee);
            return new Trampoline(tree, type) {
                @Override
                long[] run(long[] args) {
                    outer.instance.checkMayLeave();
                    var from = new Frame(outer, true);
                    var to = new Frame(inner, true);
                    tree.enter(entered);
                    var results = tree.function(core).call(code.params(from, to, args));
                    to.checkReturned();
                    var returned = code.results(to, from, results, args);
                    inner.postReturn(results);
                    tree.leave(entered);
                    from.releaseLent();
                    return returned;
                }
            };
        }
    }

    /** A built-in that this version does not run. */
    record OfLater(CoreType.Func type, String feature, String since, int instance) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var state = tree.instance(instance);
            return new Trampoline(tree, type) {
                @Override
                long[] run(long[] args) {
                    state.checkMayLeave();
                    throw new TrapException(
                            "the component calls " + feature + " (" + since + "), which this version does not run");
                }
            };
        }
    }

    /** {@code resource.new}. */
    record OfNew(Resource.Guest resource, int instance) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var state = tree.instance(instance);
            return new Trampoline(tree, Trampoline.I32_TO_I32) {
                @Override
                long[] run(long[] args) {
                    state.checkMayLeave();
                    return new long[] {state.handles.add(resource, (int) args[0], null, null)};
                }
            };
        }
    }

    /** {@code resource.rep}. */
    record OfRep(Resource.Guest resource, int instance) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var handles = tree.instance(instance).handles;
            return new Trampoline(tree, Trampoline.I32_TO_I32) {
                @Override
                long[] run(long[] args) {
                    return new long[] {Integer.toUnsignedLong(handles.rep(handles.find((int) args[0], resource)))};
                }
            };
        }
    }

    /**
     * {@code resource.drop}.
     *
     * @param entered component instances that the destructor enters
     */
    record OfDrop(Resource resource, int instance, int[] entered) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            var state = tree.instance(instance);
            return new Trampoline(tree, Trampoline.I32_TO_NOTHING) {
                @Override
                long[] run(long[] args) {
                    state.checkMayLeave();
                    tree.drop(state.handles, (int) args[0], resource, entered);
                    return NOTHING;
                }
            };
        }
    }

    /**
     * A core function of the host. It belongs to no component, so that it may also be called where a guest may not leave.
     *
     * @param memory slot of the caller's memory
     */
    record OfHostCore(CoreType.Func type, CoreHostFunction.Body body, int memory) implements Binding {
        @Override
        public CoreExtern bind(InstanceTree tree) {
            return new Trampoline(tree, type) {
                private @Nullable CoreMemory known;

                @Override
                long[] run(long[] args) {
                    var memory = known;
                    if (memory == null) {
                        if (!(tree.extern(OfHostCore.this.memory) instanceof CoreMemory found)) {
                            throw new TrapException("a function of the host works on memory, but there is none");
                        }
                        known = found;
                        memory = found;
                    }
                    return body.call(tree.store, memory, args);
                }
            };
        }
    }
}
