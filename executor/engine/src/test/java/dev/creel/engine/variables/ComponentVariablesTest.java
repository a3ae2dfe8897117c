package dev.creel.engine.variables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.engine.variables.Variables.Variable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentVariablesTest {
    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "'{{greeting}} from {{ who }}','moin from caps'",
        "a }} b,a }} b",
        "'{{ greeting }}}}','moin}}'",
        "'{ {{who}}{{who}} }','{ capscaps }'"
    })
    void expandsTemplates(String template, String expected) throws Exception {
        assertEquals(new Variable.Value(expected), over(template, Map.of()).resolve("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ greeting",
                "{{ }}",
                "{{ Who }}",
                "{{ a b }}",
                "{{ a__b }}",
                "{{ unknown }}",
                "{{ greeting | upper }}"
            })
    void refusesTemplatesThatAreNone(String template) {
        var refused = assertThrows(InvalidTemplateException.class, () -> over(template, Map.of()));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("variable \"x\" of component \"caps\""),
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bad-Name", "1a", "_a", "a_", "a__b", "ä", "a.b"})
    void tellsNamesThatAreNone(String name) throws Exception {
        assertInstanceOf(Variable.InvalidName.class, over("v", Map.of()).resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a1", "a_b", "a1_2b"})
    void tellsNamesThatAreUndefined(String name) throws Exception {
        assertEquals(
                new Variable.Undefined("no variable for \"caps\".\"" + name + "\""),
                over("v", Map.of()).resolve(name));
    }

    @Test
    void whatTheTenantSetsWinsAndIsSeenAtTheNextCall() throws Exception {
        var component = Apps.component("caps", Map.of("x", "{{ greeting }} {{ key }}"));
        var app = Apps.app(List.of(component), "greeting=moin", "key");
        var set = new AtomicReference<>(Map.<String, String>of());
        var variables = ComponentVariables.of(app, component).over(ApplicationVariables.of(app.variables(), set::get));
        assertEquals(
                new Variable.Unavailable("no provider resolved required variable \"key\""), variables.resolve("x"));
        set.set(Map.of("key", "1"));
        assertEquals(new Variable.Value("moin 1"), variables.resolve("x"));
        set.set(Map.of("key", "2", "greeting", "servus"));
        assertEquals(new Variable.Value("servus 2"), variables.resolve("x"));
    }

    @Test
    void refusesAVariableWithAnInvalidName() {
        var component = Apps.component("caps", Map.of("Bad-Name", "x"));
        assertThrows(
                InvalidTemplateException.class, () -> ComponentVariables.of(Apps.app(List.of(component)), component));
    }

    private static Variables over(String template, Map<String, String> set) throws InvalidTemplateException {
        var component = Apps.component("caps", Map.of("x", template));
        var app = Apps.app(List.of(component), "greeting=moin", "who=caps");
        return ComponentVariables.of(app, component).over(ApplicationVariables.of(app.variables(), () -> set));
    }
}
