package dev.creel.wasi.http;

/**
 * What wasi:http needs of a store, put there with {@link dev.creel.component.host.Store#with}. Beside it stands the store's
 * {@link dev.creel.wasi.io.Wakeup}.
 *
 * @param outgoing where requests of the guest go
 * @param limits on this guest
 */
public record HttpContext(OutgoingHttp outgoing, HttpLimits limits) {}
