package dev.creel.wasi;

import dev.creel.component.host.CoreHostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.wasi.candidate.October;
import dev.creel.wasi.cli.CliInterfaces;
import dev.creel.wasi.clocks.ClockInterfaces;
import dev.creel.wasi.filesystem.FilesystemInterfaces;
import dev.creel.wasi.http.HttpInterfaces;
import dev.creel.wasi.io.IoInterfaces;
import dev.creel.wasi.preview1.Preview1;
import dev.creel.wasi.random.RandomInterfaces;
import dev.creel.wasi.sockets.SocketInterfaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All of WASI that guests can import. Stateless: what one guest sees is in its store, see {@link
 * dev.creel.wasi.context.WasiContext#into}.
 */
public final class Wasi {
    private Wasi() {}

    /** WASI 0.2 in its newest version, which serves imports of every 0.2.x, and the release candidate of October 2023. */
    public static List<HostInterface> interfaces() {
        var all = new ArrayList<HostInterface>();
        all.addAll(IoInterfaces.interfaces());
        all.addAll(ClockInterfaces.interfaces());
        all.addAll(RandomInterfaces.interfaces());
        all.addAll(CliInterfaces.interfaces());
        all.addAll(FilesystemInterfaces.interfaces());
        all.addAll(SocketInterfaces.interfaces());
        all.addAll(HttpInterfaces.interfaces());
        all.addAll(October.interfaces(List.copyOf(all)));
        return List.copyOf(all);
    }

    /** WASI preview 1 for core modules: module → name → function. */
    public static Map<String, Map<String, CoreHostFunction>> preview1() {
        return Preview1.functions();
    }
}
