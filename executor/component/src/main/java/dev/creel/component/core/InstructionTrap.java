package dev.creel.component.core;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The traps of instructions, by the names that the specification gives them and that every engine uses. */
public enum InstructionTrap {
    UNREACHABLE("unreachable"),
    OUT_OF_BOUNDS_MEMORY("out of bounds memory access"),
    UNALIGNED_ATOMIC("unaligned atomic"),
    OUT_OF_BOUNDS_TABLE("out of bounds table access"),
    UNDEFINED_ELEMENT("undefined element"),
    UNINITIALIZED_ELEMENT("uninitialized element"),
    INDIRECT_CALL_MISMATCH("indirect call type mismatch"),
    NULL_FUNCTION("null function reference"),
    NULL_EXCEPTION("null exception reference"),
    NULL_REFERENCE("null reference"),
    DIVIDE_BY_ZERO("integer divide by zero"),
    INTEGER_OVERFLOW("integer overflow"),
    INVALID_CONVERSION("invalid conversion to integer"),
    STACK_EXHAUSTED("call stack exhausted");

    private static final Map<String, InstructionTrap> NAMED = Stream.of(values())
            .collect(Collectors.toUnmodifiableMap(trap -> trap.specificationName, Function.identity()));

    private final String specificationName;

    InstructionTrap(String specificationName) {
        this.specificationName = specificationName;
    }

    /** Which instruction's trap ended a guest, if one did: {@code thrown} itself, or what it says the guest was dead of. */
    public static Optional<InstructionTrap> of(@Nullable Throwable thrown) {
        for (var at = thrown; at instanceof TrapException; at = at.getCause()) {
            var found = NAMED.get(String.valueOf(at.getMessage()));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return thrown instanceof StackOverflowError ? Optional.of(STACK_EXHAUSTED) : Optional.empty();
    }

    /**
     * Whether it is a check that failed, which the JVM compiles as a jump out of compiled code until it has seen it fail: the code
     * is thrown away and compiled again. {@code unreachable} throws like any other instruction.
     */
    public boolean failedCheck() {
        return this != UNREACHABLE;
    }
}
