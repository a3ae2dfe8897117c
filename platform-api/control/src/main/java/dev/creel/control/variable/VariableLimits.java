package dev.creel.control.variable;

import dev.creel.contract.ByteSize;

/**
 * What variables may take.
 *
 * @param perAppMax how many an app may have
 * @param valueMax bytes of one value in UTF-8
 */
public record VariableLimits(int perAppMax, ByteSize valueMax) {
    /** 256 variables of 64 KiB. */
    public static final VariableLimits DEFAULTS = new VariableLimits(256, ByteSize.ofKiB(64));
}
