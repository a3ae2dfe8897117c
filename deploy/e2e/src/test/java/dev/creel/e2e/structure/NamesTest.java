package dev.creel.e2e.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final Set<String> HOMELESS =
            Set.of("util", "utils", "common", "commons", "helper", "helpers", "misc", "impl", "shared", "base");
    private static final Pattern VAGUE =
            Pattern.compile("^Abstract.*|.*(Manager|Processor|Helper|Helpers|Util|Utils|Impl)$");

    private final SourceTree tree = SourceTree.read();

    @Test
    void packagesAreNamedForThings() {
        var wrong = new TreeSet<String>();
        for (var file : tree.files) {
            for (var part : file.packageName().split("\\.")) {
                if (HOMELESS.contains(part)) {
                    wrong.add(file.packageName());
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void typesAreNamedForThings() {
        var wrong = tree.files.stream()
                .map(SourceTree.JavaFile::typeName)
                .filter(name -> VAGUE.matcher(name).matches())
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void packagesBelongToTheProject() {
        var wrong = tree.files.stream()
                .map(SourceTree.JavaFile::packageName)
                .filter(name -> !name.startsWith("dev.creel."))
                .distinct()
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        var all = new TreeSet<String>();
        var explained = new TreeSet<String>();
        for (var file : tree.main()) {
            all.add(file.packageName());
            if (file.typeName().equals("package-info")
                    && file.text().contains("/**")
                    && file.text().contains("@NullMarked")) {
                explained.add(file.packageName());
            }
        }
        all.removeAll(explained);
        assertEquals(Set.of(), all);
    }
}
