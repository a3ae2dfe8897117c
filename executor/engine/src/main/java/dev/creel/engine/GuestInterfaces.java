package dev.creel.engine;

import dev.creel.component.host.HostInterfaces;
import dev.creel.engine.spin.SpinInterfaces;
import dev.creel.wasi.Wasi;
import java.util.ArrayList;

/** Everything that a guest of this platform may import. */
public final class GuestInterfaces {
    private GuestInterfaces() {}

    /** WASI 0.2, Spin's interfaces, and WASI preview 1 for core modules. */
    public static HostInterfaces all() {
        var interfaces = new ArrayList<>(Wasi.interfaces());
        interfaces.addAll(SpinInterfaces.interfaces());
        return HostInterfaces.of(interfaces).withCore(Wasi.preview1());
    }
}
