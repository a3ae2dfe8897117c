package dev.creel.engine.variables;

import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A component's variables, each a template over the application's. Made once per component; {@link #over} binds it to values.
 */
public final class ComponentVariables {
    private final String component;
    private final Map<String, Template> templates;

    private ComponentVariables(String component, Map<String, Template> templates) {
        this.component = component;
        this.templates = Collections.unmodifiableMap(templates);
    }

    /**
     * Takes the component's variables from its application.
     *
     * @throws InvalidTemplateException if a name or template is malformed, or names a variable that the application lacks
     */
    public static ComponentVariables of(LockedApp app, LockedComponent component) throws InvalidTemplateException {
        var templates = new TreeMap<String, Template>();
        for (var variable : component.variables().entrySet()) {
            var where = "variable \"" + variable.getKey() + "\" of component \"" + component.id() + "\": ";
            if (!VariableNames.valid(variable.getKey())) {
                throw new InvalidTemplateException(where + VariableNames.complaint(variable.getKey()));
            }
            var template = parse(where, variable.getValue());
            for (var name : template.variables()) {
                if (!app.variables().containsKey(name)) {
                    throw new InvalidTemplateException(where + "the application has no variable \"" + name + "\"");
                }
            }
            templates.put(variable.getKey(), template);
        }
        return new ComponentVariables(component.id(), templates);
    }

    private static Template parse(String where, String text) throws InvalidTemplateException {
        try {
            return Template.parse(text);
        } catch (InvalidTemplateException e) {
            throw new InvalidTemplateException(where + e.getMessage());
        }
    }

    /** The same with values behind the templates. */
    public Variables over(ApplicationVariables application) {
        return new Variables() {
            @Override
            public Variable resolve(String name) {
                if (!VariableNames.valid(name)) {
                    return new Variable.InvalidName(VariableNames.complaint(name));
                }
                var template = templates.get(name);
                if (template == null) {
                    return new Variable.Undefined("no variable for \"" + component + "\".\"" + name + "\"");
                }
                try {
                    return new Variable.Value(template.expand(application));
                } catch (UnresolvedVariableException e) {
                    return new Variable.Unavailable(String.valueOf(e.getMessage()));
                }
            }

            @Override
            public Set<String> names() {
                return templates.keySet();
            }
        };
    }
}
