package dev.creel.engine;

import dev.creel.component.host.Store;
import java.util.Optional;

/** The code of a component that an application has: loaded, or on its way back. Any thread. */
public interface GuestCode {
    /** What it is, loaded or not. */
    ComponentFacts facts();

    /** It, if it is loaded; does not count as a use. Never blocks. */
    Optional<CompiledComponent> loaded();

    /** Whether it can be loaded without others having to go. */
    boolean hasRoom();

    /**
     * It, to run now. May block for milliseconds, if it is not loaded.
     *
     * @param waits told while another thread loads it
     * @throws LostComponentException if it has to be compiled again, which has begun
     */
    CompiledComponent load(Store.Waits waits) throws LostComponentException, InterruptedException;

    /** Code that stays loaded. */
    static GuestCode of(CompiledComponent component) {
        return new GuestCode() {
            @Override
            public ComponentFacts facts() {
                return component.facts();
            }

            @Override
            public Optional<CompiledComponent> loaded() {
                return Optional.of(component);
            }

            @Override
            public boolean hasRoom() {
                return true;
            }

            @Override
            public CompiledComponent load(Store.Waits waits) {
                return component;
            }
        };
    }
}
