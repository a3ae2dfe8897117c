package dev.creel.engine.variables;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A text with {@code {{ name }}} in it, each of which stands for an application variable. A closing {@code }}} alone is literal.
 *
 * @param parts in order
 */
public record Template(List<Part> parts) {
    /** A piece of a template. */
    public sealed interface Part {
        /** Stands for itself. */
        record Literal(String text) implements Part {}

        /** Stands for the value of an application variable. */
        record Variable(String name) implements Part {}
    }

    public Template {
        parts = List.copyOf(parts);
    }

    /** Takes {@code text} apart. */
    public static Template parse(String text) throws InvalidTemplateException {
        var parts = new ArrayList<Part>();
        int at = 0;
        for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
            int close = text.indexOf("}}", open);
            if (close < 0) {
                throw new InvalidTemplateException("\"" + text + "\" has {{ without }}");
            }
            var name = text.substring(open + 2, close).strip();
            if (!VariableNames.valid(name)) {
                throw new InvalidTemplateException("\"" + text + "\": " + VariableNames.complaint(name));
            }
            if (open > at) {
                parts.add(new Part.Literal(text.substring(at, open)));
            }
            parts.add(new Part.Variable(name));
            at = close + 2;
        }
        if (at < text.length()) {
            parts.add(new Part.Literal(text.substring(at)));
        }
        return new Template(parts);
    }

    /** Names of the variables in it. */
    public Set<String> variables() {
        var names = new LinkedHashSet<String>();
        for (var part : parts) {
            if (part instanceof Part.Variable(var name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The text with the values that the variables have now. */
    public String expand(ApplicationVariables variables) throws UnresolvedVariableException {
        var text = new StringBuilder();
        for (var part : parts) {
            switch (part) {
                case Part.Literal(var literal) -> text.append(literal);
                case Part.Variable(var name) -> text.append(variables.value(name));
            }
        }
        return text.toString();
    }
}
