/** wasi:http: requests, responses and bodies as guests see them; hosts feed requests and carry responses. */
@NullMarked
package dev.creel.wasi.http;

import org.jspecify.annotations.NullMarked;
