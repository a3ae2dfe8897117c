package dev.creel.component.core;

import java.util.List;

/** An import of a core module, in module order. */
public record CoreImport(String module, String name, CoreType type) {
    /**
     * Checks what is given for the imports of the module called {@code into}.
     *
     * @throws LinkException if one does not fit, or they are not as many
     */
    public static void check(List<CoreImport> wanted, List<? extends CoreExtern> given, String into) {
        if (given.size() != wanted.size()) {
            throw new LinkException(into + " has " + wanted.size() + " imports, " + given.size() + " were given");
        }
        for (var i = 0; i < given.size(); i++) {
            var want = wanted.get(i);
            var have = given.get(i).type();
            if (!fits(want.type, have)) {
                throw new LinkException("import " + want.module + "." + want.name + " of " + into + " wants "
                        + want.type + ", but was given " + have);
            }
        }
    }

    private static boolean fits(CoreType wanted, CoreType given) {
        return switch (wanted) {
            case CoreType.Memory want ->
                given instanceof CoreType.Memory have
                        && have.shared() == want.shared()
                        && fits(want.min(), want.max(), have.min(), have.max());
            case CoreType.Table want ->
                given instanceof CoreType.Table have
                        && have.element() == want.element()
                        && fits(want.min(), want.max(), have.min(), have.max());
            case CoreType.Func want -> want.equals(given);
            case CoreType.Global want -> want.equals(given);
            case CoreType.Tag want -> want.equals(given);
        };
    }

    private static boolean fits(long wantMin, long wantMax, long haveMin, long haveMax) {
        return haveMin >= wantMin && (wantMax < 0 || (haveMax >= 0 && haveMax <= wantMax));
    }
}
