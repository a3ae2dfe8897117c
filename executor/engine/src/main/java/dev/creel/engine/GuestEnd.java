package dev.creel.engine;

import dev.creel.component.core.InstructionTrap;
import java.util.Optional;

/**
 * The end of a run.
 *
 * @param outcome what its caller and its developer are told
 * @param trap the instruction that trapped, whatever else is told of the run: that it got no more memory, or was stopped
 * @param bytesIn of the request's body that the guest took
 * @param bytesOut of the response's body that it wrote
 */
public record GuestEnd(GuestOutcome outcome, Optional<InstructionTrap> trap, long bytesIn, long bytesOut) {
    /** Of a guest that has not run. */
    public static GuestEnd without(GuestOutcome outcome) {
        return new GuestEnd(outcome, Optional.empty(), 0, 0);
    }
}
