package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest with the core-level ABI of Spin 1. */
@Timeout(60)
class WholeServingTest {
    private static final CompiledComponent SPIN_1 = Trial.guest("spin1.wasm");

    private final Trial trial = new Trial(SPIN_1);

    @Test
    void handsOverAWholeRequest() throws Exception {
        trial.requestHeaders = List.of(Trial.header("x-a", "1"), Trial.header("x-a", "ü"));
        assertEquals(new GuestOutcome.Responded(), trial.run("POST", "/show?q=1", "body"));
        assertEquals(200, trial.status);
        assertEquals("1 /show?q=1\nhost: h:80\nx-a: 1\nx-a: ü\n0 1 body", trial.text());
    }

    @Test
    void aRequestWithoutABodyHasAnEmptyOne() throws Exception {
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/show", ""));
        assertEquals("0 /show\nhost: h:80\n0 1 ", trial.text());
    }

    @Test
    void ofARepeatedHeaderTheLastOneCounts() throws Exception {
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/show", ""));
        assertEquals(List.of("content-type: text/plain"), trial.headerLines());
    }

    @Test
    void aResponseMayHaveNeitherHeadersNorBody() throws Exception {
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/plain", ""));
        assertEquals(List.of(), trial.headerLines());
        assertEquals("", trial.text());
        assertEquals(0, trial.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 404, 599, 600})
    void takesAnyStatus(int status) throws Exception {
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/status?" + status, ""));
        assertEquals(status, trial.status);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 101, 601})
    void refusesWhatIsNoStatus(int status) throws Exception {
        assertInstanceOf(GuestOutcome.Trapped.class, trial.run("GET", "/status?" + status, ""));
        assertEquals(0, trial.status);
    }

    @Test
    void aMethodThatTheInterfaceDoesNotKnowIsNotAllowed() throws Exception {
        assertEquals(new GuestOutcome.MethodNotAllowed("BREW"), trial.run("BREW", "/show", ""));
    }

    @Test
    void aTrapIsATrap() throws Exception {
        assertInstanceOf(GuestOutcome.Trapped.class, trial.run("GET", "/trap", ""));
        assertEquals(0, trial.status);
    }

    /** By the number of each interface's own error. */
    @Test
    void whatIsNotThereAnswersWithTheErrorsOfThatTime() throws Exception {
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/ask", ""));
        assertEquals("""
                config moin
                config 1
                key-value 1
                key-value 3
                sqlite 1
                redis 1
                pg 1
                mysql 1
                llm 1
                """, trial.text());
    }

    @Test
    void itIsNoCommand() {
        var refused = assertThrows(RefusedComponentException.class, SPIN_1.facts()::mustBeCommand);
        assertEquals(
                "the executor wagi runs commands, and it exports neither wasi:cli/run nor _start; take the executor http",
                refused.getMessage());
        assertThrows(
                RefusedComponentException.class, Trial.guest("command.wasm").facts()::mustHandleHttp);
    }
}
