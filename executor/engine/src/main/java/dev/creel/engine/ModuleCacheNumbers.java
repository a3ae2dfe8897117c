package dev.creel.engine;

/**
 * What a process has loaded, and what it has done for that since it started. Bytes are estimates (see {@link Residents}).
 *
 * @param components loaded now
 * @param dataBytes of them: images, link plans
 * @param codeBytes classes that they share
 * @param bytesMax for both
 * @param hits requests and deploys that found their component loaded
 * @param misses that did not
 * @param loads from the store or after compiling
 * @param evictions because others needed the room, or nobody asked
 * @param compiled components compiled
 */
public record ModuleCacheNumbers(
        long components,
        long dataBytes,
        long codeBytes,
        long bytesMax,
        long hits,
        long misses,
        long loads,
        long evictions,
        long compiled) {}
