package dev.creel.component.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class WitTest {
    private static final String IO = """
            package wasi:io@0.2.12;

            /// What one waits for. { not a brace that counts
            @since(version = 0.2.0)
            interface poll {
              @since(version = 0.2.0)
              resource pollable {
                /// Asks.
                ready: func() -> bool;
                block: func();
              }
              /* several /* nested */ lines
              */
              poll: func(in: list<borrow<pollable>>) -> list<u32>;
            }
            """;

    private static final ResourceType.Host POLLABLE = new ResourceType.Host("wasi:io/poll@0.2.12", "pollable");

    @Test
    void readsMethodsAsFunctionsWithABorrowedSelf() {
        var poll = only("wasi:io/poll@0.2.12", Wit.parse(IO));

        assertEquals(
                List.of("[method]pollable.ready", "[method]pollable.block", "poll"),
                List.copyOf(poll.functions().keySet()));
        assertEquals(POLLABLE, poll.resources().get("pollable"));
        assertEquals(
                new FuncType(
                        List.of(new ValType.Field("self", new ValType.Borrow(POLLABLE))),
                        Optional.of(Primitive.BOOL),
                        false),
                poll.functions().get("[method]pollable.ready"));
        assertEquals(
                new FuncType(
                        List.of(new ValType.Field("in", new ValType.ListOf(new ValType.Borrow(POLLABLE)))),
                        Optional.of(new ValType.ListOf(Primitive.U32)),
                        false),
                poll.functions().get("poll"));
    }

    @Test
    void resourcesBroughtInByUseStayThoseOfTheirInterface() {
        var all = Wit.parse("""
                package a:b;
                interface user {
                  use wasi:io/poll@0.2.12.{pollable as waiting};
                  use types.{pair, size};
                  type mine = waiting;
                  wait: func(on: borrow<mine>, n: size) -> result<pair, waiting>;
                }
                interface types {
                  type size = u64;
                  record pair { left: size, %type: string, }
                }
                """, IO);
        var user = only("a:b/user", all);
        var pair = new ValType.RecordOf(
                List.of(new ValType.Field("left", Primitive.U64), new ValType.Field("type", Primitive.STRING)));

        assertEquals(List.of("a:b/user", "a:b/types", "wasi:io/poll@0.2.12"), List.copyOf(all.keySet()));
        assertTrue(user.resources().isEmpty());
        assertEquals(List.of("pair", "size"), List.copyOf(user.types().keySet()));
        assertEquals(
                new FuncType(
                        List.of(
                                new ValType.Field("on", new ValType.Borrow(POLLABLE)),
                                new ValType.Field("n", Primitive.U64)),
                        Optional.of(new ValType.Result(Optional.of(pair), Optional.of(new ValType.Own(POLLABLE)))),
                        false),
                user.functions().get("wait"));
    }

    @Test
    void readsEveryKindOfType() {
        var all = Wit.parse("""
                package x:y@1.2.3-rc.1;
                interface all {
                  variant v { none, some(option<tuple<s8, f64>>), }
                  enum e { a, b-C }
                  flags f { x, y }
                  resource r { constructor(n: char); make: static func() -> own<r>; }
                  one: func() -> result;
                  two: func() -> result<_, e>;
                  three: async func() -> result<f>;
                }
                package x:z;
                interface empty {}
                """);
        var one = only("x:y/all@1.2.3-rc.1", all);
        var r = new ResourceType.Host("x:y/all@1.2.3-rc.1", "r");

        assertEquals(
                new ValType.Variant(List.of(
                        new ValType.Case("none", Optional.empty()),
                        new ValType.Case(
                                "some",
                                Optional.of(
                                        new ValType.Option(new ValType.Tuple(List.of(Primitive.S8, Primitive.F64))))))),
                one.types().get("v"));
        assertEquals(new ValType.EnumOf(List.of("a", "b-C")), one.types().get("e"));
        assertEquals(new ValType.Flags(List.of("x", "y")), one.types().get("f"));
        assertEquals(
                new FuncType(List.of(new ValType.Field("n", Primitive.CHAR)), Optional.of(new ValType.Own(r)), false),
                one.functions().get("[constructor]r"));
        assertEquals(
                new FuncType(List.of(), Optional.of(new ValType.Own(r)), false),
                one.functions().get("[static]r.make"));
        assertEquals(
                Optional.of(new ValType.Result(Optional.empty(), Optional.empty())),
                Objects.requireNonNull(one.functions().get("one")).result());
        assertTrue(Objects.requireNonNull(one.functions().get("three")).async());
        assertTrue(all.containsKey("x:z/empty"));
    }

    @Test
    void errorsNameTheLine() {
        assertMessage("package a:b, line 3: expected ';' but found '}'", "package a:b;\ninterface i {\n type x = u8 }");
        assertMessage("line 2: there is no type 'nothing'", "package a:b;\ninterface i { f: func(n: nothing); }");
        assertMessage("interface c:d/e is not among the texts", "package a:b;\ninterface i { use c:d/e.{f}; }");
        assertMessage("contains itself", "package a:b;\ninterface i { type x = list<x>; }");
        assertMessage("'A' occurs twice", "package a:b;\ninterface i { enum e { a, A } }");
        assertMessage("'stream' is beyond WASI 0.2", "package a:b;\ninterface i { f: func() -> stream<u8>; }");
        assertMessage("needs a package", "interface i {}");
        assertMessage("never ends", "package a:b; /* ");
        assertMessage("is defined twice", "package a:b; interface i {} interface i {}");
    }

    @Test
    void filesWithoutAPackageLineContinueTheOneBefore() {
        assertTrue(Wit.parse("package a:b@1.0.0;", "interface i { }").containsKey("a:b/i@1.0.0"));
    }

    @Test
    void readsThePublishedWasiTexts() throws Exception {
        var dir = Path.of(System.getProperty("creel.guests", "../../../shared/guests"), "wit", "deps");
        Assumptions.assumeTrue(Files.isDirectory(dir), "no published WIT texts here");
        try (var files = Files.walk(dir)) {
            var texts = files.filter(file -> file.toString().endsWith(".wit"))
                    .sorted(Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                            .thenComparing(file -> !read(file).contains("package "))
                            .thenComparing(Path::toString))
                    .map(WitTest::read)
                    .toArray(String[]::new);
            var all = Wit.parse(texts);
            assertTrue(only("wasi:http/types@0.2.0", all).functions().containsKey("[static]fields.from-list"));
        }
    }

    private static WitInterface only(String name, Map<String, WitInterface> all) {
        return Objects.requireNonNull(all.get(name), () -> name + " among " + all.keySet());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertMessage(String part, String text) {
        var message =
                assertThrows(InvalidWitException.class, () -> Wit.parse(text)).getMessage();
        assertTrue(String.valueOf(message).contains(part), message);
    }
}
