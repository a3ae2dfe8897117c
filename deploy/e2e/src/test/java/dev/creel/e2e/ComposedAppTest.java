package dev.creel.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications that have part of their code from dependencies. */
class ComposedAppTest {
    private static final Path GUESTS = Path.of("../../executor/host/src/test/guests");
    private static final String ON_WORDS = "\"demo:words\" = { path = \"words.wasm\" %s }";

    @TempDir
    static Path folder;

    private static RunningCreel creel;

    @BeforeAll
    static void start() throws Exception {
        creel = RunningCreel.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        creel.close();
    }

    @Test
    void twoApplicationsShareOneCopyOfADependency() throws Exception {
        var words = Digest.of(Files.readAllBytes(GUESTS.resolve("words.wasm")));
        creel.must("deploy", app("one", "front", ON_WORDS.formatted("")).toString());
        assertEquals(
                "HELLO FROM THE FRONT\nthe library sees none\nI see variables\n",
                creel.get("one.apps.localhost", "/").text());
        creel.must("deploy", app("two", "other-front", ON_WORDS.formatted("")).toString());
        assertEquals(
                "GREETINGS FROM ELSEWHERE\nthe library sees none\nI see variables\n",
                creel.get("two.apps.localhost", "/").text());
        // Each repository has a mark of its own that it may read the blob; the bytes are there once.
        try (var files = Files.walk(folder.resolve("data"))) {
            var copies = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(words.hex())
                            && file.toFile().length() > 0)
                    .toList();
            assertEquals(1, copies.size(), copies::toString);
        }
        // What both share stays while one of them uses it.
        creel.must("delete", "one");
        assertEquals(200, creel.get("two.apps.localhost", "/").status());
    }

    @Test
    void aDependencySeesWhatItInherits() throws Exception {
        var all = app("heir", "front", ON_WORDS.formatted(", inherit_configuration = [\"environment\"]"));
        creel.must("deploy", all.toString());
        assertEquals(
                "HELLO FROM THE FRONT\nthe library sees variables\nI see variables\n",
                creel.get("heir.apps.localhost", "/").text());
    }

    @Test
    void saysWhichDependencyIsWrong() throws Exception {
        assertTrue(refusal("mute", "")
                .contains("component \"main\": imports.demo:words/words@1.0.0: the host offers no such interface"));
        assertTrue(refusal("stranger", "\"demo:numbers\" = { path = \"words.wasm\" }")
                .contains("dependency 'demo:numbers' of component 'main': it matches none of the component's imports"));
        assertTrue(refusal("swapped", "\"demo:words\" = { path = \"app.wasm\" }")
                .contains("dependency 'demo:words' of component 'main': imports.demo:words/words@1.0.0: "));
        assertTrue(
                refusal("lost", "\"demo:words\" = { path = \"nowhere.wasm\" }").contains("there is no file "));
        assertTrue(refusal("fetched", "\"demo:words\" = \"1.0.0\"").contains("are not fetched by creel"));
    }

    private static String refusal(String name, String dependencies) throws Exception {
        var result = creel.creel("deploy", app(name, "front", dependencies).toString());
        assertEquals(1, result.exit(), result.err());
        return result.err();
    }

    private static Path app(String name, String guest, String dependencies) throws IOException {
        var app = Apps.write(
                folder,
                name,
                "1.0.0",
                Files.readAllBytes(GUESTS.resolve(guest + ".wasm")),
                "environment = { MODE = \"test\" }\n[component.main.dependencies]\n" + dependencies + "\n");
        Files.copy(
                GUESTS.resolve("words.wasm"),
                app.resolve("words.wasm"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return app;
    }
}
