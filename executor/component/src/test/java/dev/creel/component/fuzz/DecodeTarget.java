package dev.creel.component.fuzz;

import dev.creel.component.Component;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import java.util.List;
import java.util.Random;

/** Damaged components and core modules are decoded and validated: only {@link InvalidComponentException} may come of it. */
final class DecodeTarget implements Target {
    private final CoreEngine engine = new ChicoryEngine();
    private final List<byte[]> corpus;

    DecodeTarget(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public Attack next(Random random) {
        var bytes = new Mutator(corpus, random).next();
        return new Attack() {
            @Override
            public byte[] input() {
                return bytes;
            }

            @Override
            public void run() {
                try {
                    Component.decode(bytes, engine, ComponentLimits.DEFAULT);
                } catch (InvalidComponentException expected) {
                    if (expected.offset() < 0 || expected.offset() > bytes.length) {
                        throw new AssertionError("an offset outside of the bytes: " + expected, expected);
                    }
                }
            }
        };
    }
}
