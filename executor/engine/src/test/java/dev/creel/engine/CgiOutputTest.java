package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.GuestFlag;
import dev.creel.contract.ByteSize;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.ResponseSink;
import dev.creel.wasi.io.Wakeup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgiOutputTest {
    private static final GuestLimits LIMITS = GuestLimits.DEFAULTS.withMemory(ByteSize.ofBytes(100));

    @Test
    void whatIsKeptCountsAsTheGuestsMemory() {
        var node = new NodeMemory(ByteSize.ofMiB(1), ByteSize.ofBytes(0));
        var nobody = new ResponseSink() {
            @Override
            public BodySink respond(int status, List<Header> headers, long contentLength) {
                throw new AssertionError("nothing is complete");
            }

            @Override
            public void fail(HttpErrorCode code) {
                throw new AssertionError("nothing fails by itself");
            }
        };
        try (var budget = new MemoryBudget(LIMITS, node, new GuestFlag())) {
            var output = new CgiOutput(nobody, false, new Wakeup(), LIMITS, budget);
            output.write("status: 200\n\n".getBytes(StandardCharsets.UTF_8));
            output.write(new byte[87]);
            assertEquals(ByteSize.ofBytes(100), node.used());
            var ended = assertThrows(EndedException.class, () -> output.write(new byte[1]));
            assertEquals(new GuestOutcome.OutOfMemory(LIMITS.memory()), ended.outcome());
        }
    }
}
