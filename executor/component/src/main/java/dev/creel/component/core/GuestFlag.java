package dev.creel.component.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tells the guest of a store that something is wanted of it. Any thread raises it; the guest's code looks at it wherever it might go on for
 * long (heads of loops, entries of functions), and calls {@link #reached} when it is raised.
 */
public class GuestFlag {
    /** For guests that nobody stops. Nobody raises it. */
    public static final GuestFlag NEVER = new GuestFlag();

    private static final VarHandle RAISED;

    /** 0 if it is down. */
    @SuppressWarnings("unused") // By RAISED alone.
    private int raised;

    static {
        try {
            RAISED = MethodHandles.lookup().findVarHandle(GuestFlag.class, "raised", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Down. */
    public GuestFlag() {}

    /** Raises it: the guest calls {@link #reached} within microseconds, if it runs code of its own. */
    public final void raise() {
        RAISED.setVolatile(this, 1);
    }

    /** Takes it down. */
    protected final void lower() {
        RAISED.setVolatile(this, 0);
    }

    /** Whether it is up. */
    public final boolean isRaised() {
        return (int) RAISED.getOpaque(this) != 0;
    }

    /**
     * The guest has seen it, on its own thread; if this returns, the guest goes on.
     *
     * @throws InterruptedGuestException if it is to stop; always, unless a subclass knows better
     */
    public void reached() {
        throw new InterruptedGuestException();
    }
}
