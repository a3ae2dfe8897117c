package dev.creel.wasi.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.host.HostInterfaces;
import dev.creel.component.type.ValType.EnumOf;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.filesystem.ErrorCode;
import dev.creel.wasi.filesystem.FileKind;
import dev.creel.wasi.wit.WasiWit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    @Test
    void enumsHaveTheOrderOfTheirWit() {
        assertEquals(
                labels("error-code"),
                Arrays.stream(ErrorCode.values()).map(DeclarationsTest::label).toList());
        assertEquals(
                labels("descriptor-type"),
                Arrays.stream(FileKind.values()).map(DeclarationsTest::label).toList());
    }

    @Test
    void everyVersionOfZeroTwoFindsItsInterfaces() {
        var offered = HostInterfaces.of(Wasi.interfaces()).withCore(Wasi.preview1());
        for (var name : List.of(
                "io/poll",
                "io/error",
                "io/streams",
                "clocks/wall-clock",
                "clocks/monotonic-clock",
                "random/random",
                "random/insecure",
                "random/insecure-seed",
                "cli/environment",
                "cli/exit",
                "cli/stdin",
                "cli/stdout",
                "cli/stderr",
                "cli/terminal-input",
                "cli/terminal-output",
                "cli/terminal-stdin",
                "cli/terminal-stdout",
                "cli/terminal-stderr",
                "filesystem/types",
                "filesystem/preopens",
                "sockets/network",
                "sockets/instance-network",
                "sockets/ip-name-lookup",
                "sockets/tcp",
                "sockets/tcp-create-socket",
                "sockets/udp",
                "sockets/udp-create-socket",
                "http/types",
                "http/outgoing-handler")) {
            for (var version : List.of("0.2.0", "0.2.3", "0.2.10", "0.2.12")) {
                assertTrue(offered.find("wasi:" + name + "@" + version).isPresent(), name + "@" + version);
            }
            assertTrue(offered.find("wasi:" + name + "@0.2.0-rc-2023-11-10").isEmpty());
        }
        assertTrue(offered.findCore("wasi_snapshot_preview1", "fd_write").isPresent());
    }

    private static List<String> labels(String type) {
        return ((EnumOf) WasiWit.of("filesystem/types").types().get(type)).labels();
    }

    private static String label(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
