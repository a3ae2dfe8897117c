package dev.creel.cli.manifest;

import dev.creel.contract.lockedapp.LockedVariable;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code [variables]} table, the same in both versions. */
final class Variables {
    private Variables() {}

    static Map<String, LockedVariable> read(TomlTable manifest) {
        var all = new LinkedHashMap<String, LockedVariable>();
        manifest.table("variables")
                .ifPresent(table -> table.keys().forEach(name -> {
                    Names.variable(name, table.path());
                    all.put(name, variable(table.table(name).orElseThrow()));
                }));
        return all;
    }

    private static LockedVariable variable(TomlTable table) {
        var byDefault = table.string("default");
        boolean required = table.bool("required").orElse(false);
        if (required == byDefault.isPresent()) {
            throw new ManifestException(table.path() + " needs either required = true or a default, not both or none");
        }
        boolean secret = table.bool("secret").orElse(false);
        var description = table.string("description").orElse("");
        table.end();
        return new LockedVariable(byDefault, secret, description);
    }
}
