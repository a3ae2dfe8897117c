package dev.creel.engine;

import dev.creel.component.core.InstructionTrap;
import java.util.Optional;

/**
 * The end of a run.
 *
 * @param outcome what its caller and its developer are told
 * @param trap the instruction that trapped, whatever else is told of the run: that it got no more memory, or was stopped
 */
public record GuestEnd(GuestOutcome outcome, Optional<InstructionTrap> trap) {}
