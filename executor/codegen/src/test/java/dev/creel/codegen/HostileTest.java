package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.InvalidModuleException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions made to take long to compile: each ends in time, compiled or refused. */
@Timeout(60)
final class HostileTest {
    private static final int BLOCK = 0x02;
    private static final int LOOP = 0x03;
    private static final int END = 0x0b;
    private static final int BR_IF = 0x0d;
    private static final int BR_TABLE = 0x0e;
    private static final int DROP = 0x1a;
    private static final int LOCAL_GET = 0x20;
    private static final int LOCAL_SET = 0x21;
    private static final int I32_CONST = 0x41;
    private static final int I32_ADD = 0x6a;
    private static final int VOID = 0x40;

    private static final SplitSizes TINY = new SplitSizes(0, 20, 20, 8, 3, 60, 0);

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    /** Nested blocks, each with a tail that may leave for any of those around. */
    @ParameterizedTest
    @CsvSource({"300, true", "3000, false"})
    void nestedTails(int depth, boolean tiny) {
        for (var i = 0; i < depth; i++) {
            op(BLOCK, VOID);
        }
        for (var i = 0; i < depth; i++) {
            for (var k = 0; k < 8; k++) {
                op(LOCAL_GET, 0, I32_CONST, 1, I32_ADD, LOCAL_SET, 0);
            }
            op(LOCAL_GET, 0, BR_IF);
            number((depth - i) / 2);
            op(END);
        }
        op(LOCAL_GET, 0);
        compiled(tiny ? TINY : SplitSizes.USUAL);
    }

    /** Switches within as many blocks as they have cases. */
    @ParameterizedTest
    @CsvSource({"100, 2000", "1000, 400"})
    void switches(int depth, int count) {
        for (var i = 0; i < depth; i++) {
            op(BLOCK, VOID);
        }
        for (var i = 0; i < count; i++) {
            op(BLOCK, VOID, LOCAL_GET, 0, BR_TABLE);
            number(depth);
            for (var k = 0; k <= depth; k++) {
                number(k);
            }
            op(END);
        }
        for (var i = 0; i < depth; i++) {
            op(LOCAL_GET, 0, LOCAL_SET, 0, END);
        }
        op(LOCAL_GET, 0);
        compiled(SplitSizes.USUAL);
    }

    /** Loops that look like jumps. */
    @ParameterizedTest
    @CsvSource("3000")
    void resumptions(int count) {
        for (var i = 0; i < count; i++) {
            op(LOOP, VOID, BLOCK, VOID, LOCAL_GET, 0, BR_TABLE, 1, 0, 0, END, I32_CONST, 1, LOCAL_SET, 0, END);
        }
        op(LOCAL_GET, 0);
        compiled(SplitSizes.USUAL);
    }

    /** Blocks on top of many operands. */
    @ParameterizedTest
    @CsvSource("20000, 20000")
    void blocksOnOperands(int operands, int blocks) {
        for (var i = 0; i < operands; i++) {
            op(I32_CONST, 1);
        }
        for (var i = 0; i < blocks; i++) {
            op(BLOCK, VOID, END);
        }
        for (var i = 0; i < operands; i++) {
            op(DROP);
        }
        op(LOCAL_GET, 0);
        compiled(SplitSizes.USUAL);
    }

    private void op(int... bytes) {
        for (var one : bytes) {
            code.write(one);
        }
    }

    /** LEB128, unsigned. */
    private void number(int value) {
        write(code, value);
    }

    private static void write(ByteArrayOutputStream to, int value) {
        for (var left = value; ; left >>>= 7) {
            if (left < 0x80) {
                to.write(left);
                return;
            }
            to.write((left & 0x7f) | 0x80);
        }
    }

    /** Compiles a function of one parameter and one result, and calls it if it was not refused. */
    private void compiled(SplitSizes sizes) {
        var engine = new CodegenEngine(sizes);
        try {
            var instance = engine.compile(engine.parse(module()), "hostile").instantiate(List.of(), Guests.UNLIMITED);
            var function = (CoreFunction) Guests.export(instance, "f");
            assertEquals(1, function.call(0).length);
        } catch (InvalidModuleException refused) {
            assertEquals(InvalidModuleException.Kind.TOO_LARGE, refused.kind(), refused.getMessage());
        }
    }

    private byte[] module() {
        op(END);
        var module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(module, 1, new byte[] {1, 0x60, 1, 0x7f, 1, 0x7f});
        section(module, 3, new byte[] {1, 0});
        section(module, 7, new byte[] {1, 1, 'f', 0, 0});
        var body = new ByteArrayOutputStream();
        body.write(0);
        body.writeBytes(code.toByteArray());
        var bodies = new ByteArrayOutputStream();
        bodies.write(1);
        write(bodies, body.size());
        bodies.writeBytes(body.toByteArray());
        section(module, 10, bodies.toByteArray());
        return module.toByteArray();
    }

    private static void section(ByteArrayOutputStream module, int id, byte[] content) {
        module.write(id);
        write(module, content.length);
        module.writeBytes(content);
    }
}
