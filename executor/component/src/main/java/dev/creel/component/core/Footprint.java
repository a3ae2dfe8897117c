package dev.creel.component.core;

/**
 * What a module that is loaded holds of a process's memory, estimated from what its parts are made of.
 *
 * @param data bytes that are its own
 * @param code what it shares with every module of the same code, compared by identity
 * @param codeBytes bytes of that
 */
public record Footprint(long data, Object code, long codeBytes) {}
