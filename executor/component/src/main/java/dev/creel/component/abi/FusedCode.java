package dev.creel.component.abi;

/**
 * Moves the values of a call from one guest to another. Immutable; shared by all instances of a plan. Generated classes extend
 * it; they copy from memory to memory, and there are no Java objects between.
 */
abstract class FusedCode {
    final Signature signature;
    /** The resource types of the signature, as {@link ShapeTable} counts them. */
    final Resource[] resources;

    FusedCode(Signature signature, Resource[] resources) {
        this.signature = signature;
        this.resources = resources;
    }

    /** Parameters {@code core} of the caller's import as those of the callee's export. */
    abstract long[] params(Frame caller, Frame callee, long[] core);

    /**
     * Results {@code core} of the callee's export as those of the caller's import.
     *
     * @param params parameters of the import, the last of which may say where the result goes
     */
    final long[] results(Frame callee, Frame caller, long[] core, long[] params) {
        return signature.result == null ? Trampoline.NOTHING : result(callee, caller, core, params);
    }

    /** Only for signatures with a result. */
    abstract long[] result(Frame callee, Frame caller, long[] core, long[] params);

    /** The reference implementation: makes Java values of everything, and then what the other guest gets. */
    static final class Walking extends FusedCode {
        private final ImportCode outside;
        private final ExportCode inside;

        Walking(Signature signature) {
            super(signature, new Resource[0]);
            this.outside = new ImportCode.Walking(signature);
            this.inside = new ExportCode.Walking(signature);
        }

        @Override
        long[] params(Frame caller, Frame callee, long[] core) {
            return inside.lowerParams(callee, outside.liftParams(caller, core));
        }

        @Override
        long[] result(Frame callee, Frame caller, long[] core, long[] params) {
            Object value;
            try {
                value = inside.lift(callee, core);
            } catch (Throwable failure) {
                callee.dropTaken(failure);
                throw failure;
            }
            return outside.lowerResult(caller, params, value);
        }
    }
}
