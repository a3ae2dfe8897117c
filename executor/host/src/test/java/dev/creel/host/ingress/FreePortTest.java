package dev.creel.host.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreePortTest {
    private static final String HOST = "127.0.0.1";

    private final List<ServerSocket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    @Test
    void takesAnotherPortWhenSomeoneElseWasFaster() throws Exception {
        var tried = new ArrayList<Integer>();
        FreePort.bind(HOST, port -> {
            tried.add(port);
            if (tried.size() <= 2) {
                // Another program, between the look and the binding.
                open.add(listen(port));
            }
            open.add(listen(port));
        });
        assertEquals(3, tried.size());
        assertEquals(3, new HashSet<>(tried).size(), tried::toString);
        assertEquals(tried.getLast(), open.getLast().getLocalPort());
        assertFalse(open.getLast().isClosed());
    }

    @Test
    void givesUpWithTheReasonWhenNoPortCanBeBound() {
        var tried = new ArrayList<Integer>();
        var failure = assertThrows(
                BindException.class,
                () -> FreePort.bind(HOST, port -> {
                    tried.add(port);
                    throw new BindException("no permission for " + port);
                }));
        assertEquals(10, tried.size());
        assertEquals("no permission for " + tried.getLast(), failure.getMessage());
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
