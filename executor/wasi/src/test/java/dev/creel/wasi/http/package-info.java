/** Tests of wasi:http at its host functions, the way a guest calls them. */
@org.jspecify.annotations.NullMarked
package dev.creel.wasi.http;
