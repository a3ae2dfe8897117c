package dev.creel.engine.outbound;

import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.engine.variables.InvalidTemplateException;
import dev.creel.engine.variables.Template;
import dev.creel.engine.variables.UnresolvedVariableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A component's {@code allowed_outbound_hosts}, checked when its application is prepared: entries without templates are final,
 * the others are expanded anew in each instance. Immutable.
 */
public final class AllowedHosts {
    private static final String ALL_COMPONENTS = "http://*.spin.internal";

    /** An empty variable in front of or instead of a host: the entry is not there. */
    private static final Set<String> NOTHING = Set.of("", "http://", "https://");

    private final List<AllowedHost> fixed;
    private final List<Templated> templates;

    private record Templated(String entry, Template template) {
        /** The entry with these values; empty if there is none. */
        Optional<AllowedHost> expand(ApplicationVariables variables)
                throws UnresolvedVariableException, InvalidAllowedHostException {
            var text = template.expand(variables);
            if (NOTHING.contains(text)) {
                return Optional.empty();
            }
            try {
                return Optional.of(AllowedHost.parse(text));
            } catch (InvalidAllowedHostException e) {
                throw e.from(entry);
            }
        }
    }

    private AllowedHosts(List<AllowedHost> fixed, List<Templated> templates) {
        this.fixed = List.copyOf(fixed);
        this.templates = List.copyOf(templates);
    }

    /**
     * Takes the entries of {@code component}. {@code http://*.spin.internal} becomes one entry for each component of the app.
     *
     * @throws InvalidAllowedHostException naming the entry that means nothing; a template is tried with the defaults of its
     *     variables, where all have one
     */
    public static AllowedHosts of(LockedApp app, LockedComponent component) throws InvalidAllowedHostException {
        var defaults = ApplicationVariables.defaults(app.variables());
        var fixed = new ArrayList<AllowedHost>();
        var templates = new ArrayList<Templated>();
        for (var entry : component.allowedOutboundHosts()) {
            if (entry.equals(ALL_COMPONENTS) || entry.equals(ALL_COMPONENTS + "/")) {
                for (var one : app.components()) {
                    fixed.add(AllowedHost.parse("http://" + ServiceChaining.host(one.id())));
                }
            } else if (entry.contains("{{")) {
                templates.add(checked(entry, app, defaults));
            } else {
                fixed.add(AllowedHost.parse(entry));
            }
        }
        return new AllowedHosts(fixed, templates);
    }

    private static Templated checked(String entry, LockedApp app, ApplicationVariables defaults)
            throws InvalidAllowedHostException {
        var templated = new Templated(entry, parsed(entry));
        for (var name : templated.template().variables()) {
            if (!app.variables().containsKey(name)) {
                throw new InvalidAllowedHostException(entry, "the application has no variable \"" + name + "\"");
            }
        }
        try {
            var _ = templated.expand(defaults);
        } catch (UnresolvedVariableException e) {
            // A required variable: its value is tried when an instance first needs it.
            return templated;
        }
        return templated;
    }

    private static Template parsed(String entry) throws InvalidAllowedHostException {
        try {
            return Template.parse(entry);
        } catch (InvalidTemplateException e) {
            throw new InvalidAllowedHostException(entry, String.valueOf(e.getMessage()));
        }
    }

    /** The rules for one instance; templates are expanded when first asked. */
    public OutboundRules over(ApplicationVariables variables) {
        return new OutboundRules(() -> expanded(variables));
    }

    private List<AllowedHost> expanded(ApplicationVariables variables)
            throws UnresolvedVariableException, InvalidAllowedHostException {
        if (templates.isEmpty()) {
            return fixed;
        }
        var all = new ArrayList<>(fixed);
        for (var template : templates) {
            template.expand(variables).ifPresent(all::add);
        }
        return all;
    }
}
