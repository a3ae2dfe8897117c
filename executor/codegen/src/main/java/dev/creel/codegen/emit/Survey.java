package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the code of each function depends on in all functions of the module: noted of each while it is validated, since their
 * instructions are never in memory together. In what order makes no difference. The lock protects everything: functions are
 * added by several threads.
 */
public final class Survey {
    private int[] instructions = {};
    /** Instructions of the largest function that looks like an interpreter, or 0. */
    private int interpreter;

    private final BitSet referenced = new BitSet();
    private final BitSet tailCallers = new BitSet();
    private final BitSet tailTargets = new BitSet();
    private final BitSet tailTypes = new BitSet();
    private final BitSet referenceTypes = new BitSet();

    /** Takes note of the function with number {@code own} among the module's own. */
    public synchronized void add(int own, FunctionBody body) {
        if (own >= instructions.length) {
            instructions = Arrays.copyOf(instructions, Math.max(own + 1, 2 * instructions.length));
        }
        var size = body.instructions().size();
        instructions[own] = size;
        if (size > interpreter && Interpreters.hasLargeSwitch(body.instructions())) {
            interpreter = size;
        }
        for (var instruction : body.instructions()) {
            switch (instruction.opcode()) {
                case RETURN_CALL -> {
                    tailCallers.set(own);
                    tailTargets.set((int) instruction.operand(0));
                }
                case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                    tailCallers.set(own);
                    tailTypes.set((int) instruction.operand(0));
                }
                case CALL_REF -> referenceTypes.set((int) instruction.operand(0));
                case REF_FUNC -> referenced.set((int) instruction.operand(0));
                default -> {}
            }
        }
    }

    /** Adds the functions that an expression refers to, among all, to {@code functions}. */
    static void references(List<? extends Instruction> expression, BitSet functions) {
        for (var instruction : expression) {
            if (instruction.opcode() == OpCode.REF_FUNC) {
                functions.set((int) instruction.operand(0));
            }
        }
    }

    /** How many instructions one of the module's own functions has. */
    synchronized int instructions(int own) {
        return instructions[own];
    }

    /**
     * Whether the module is the engine of a language.
     *
     * @param least instructions of the function that makes it one: smaller ones with such a switch are parsers, or methods of Go,
     *     which switch over the places where they may go on; 0 takes every module for an engine
     */
    synchronized boolean isInterpreter(int least) {
        return least == 0 || (interpreter > 0 && interpreter >= least);
    }

    /** Functions that are referred to, among all. */
    synchronized BitSet referenced() {
        return (BitSet) referenced.clone();
    }

    /** Functions that make tail calls, among the module's own. */
    synchronized BitSet tailCallers() {
        return (BitSet) tailCallers.clone();
    }

    /** Functions that tail calls name, among all. */
    synchronized BitSet tailTargets() {
        return (BitSet) tailTargets.clone();
    }

    /** Types, by index in the module, of tail calls that name no function. */
    synchronized BitSet tailTypes() {
        return (BitSet) tailTypes.clone();
    }

    /** Types, by index in the module, of calls by reference. */
    synchronized BitSet referenceTypes() {
        return (BitSet) referenceTypes.clone();
    }
}
