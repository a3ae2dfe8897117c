package dev.creel.wasi.http;

/**
 * One header line.
 *
 * @param name in lower case
 * @param value bytes as they came; compared by content is not needed, so records of headers are not keys
 */
public record Header(String name, byte[] value) {}
