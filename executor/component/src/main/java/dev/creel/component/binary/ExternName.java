package dev.creel.component.binary;

import java.util.Locale;
import java.util.Optional;

/**
 * A name of an import or export, taken apart (reference component-model §1.6).
 *
 * @param text as written
 * @param form how it is built
 * @param resource of an annotated name: the label of its resource
 */
record ExternName(String text, Form form, Optional<String> resource) {
    enum Form {
        PLAIN,
        CONSTRUCTOR,
        METHOD,
        STATIC,
        INTERFACE
    }

    /** Empty if it follows no grammar. */
    static Optional<ExternName> parse(String text) {
        if (text.startsWith("[constructor]")) {
            var label = text.substring("[constructor]".length());
            return isLabel(label)
                    ? Optional.of(new ExternName(text, Form.CONSTRUCTOR, Optional.of(label)))
                    : Optional.empty();
        }
        if (text.startsWith("[method]")) {
            return member(text, "[method]", Form.METHOD);
        }
        if (text.startsWith("[static]")) {
            return member(text, "[static]", Form.STATIC);
        }
        if (text.indexOf(':') >= 0) {
            return isInterface(text)
                    ? Optional.of(new ExternName(text, Form.INTERFACE, Optional.empty()))
                    : Optional.empty();
        }
        return isLabel(text) ? Optional.of(new ExternName(text, Form.PLAIN, Optional.empty())) : Optional.empty();
    }

    /** Two names of one list must differ in this. */
    String uniqueKey() {
        var lower = text.toLowerCase(Locale.ROOT);
        if (form != Form.METHOD && form != Form.STATIC) {
            return lower;
        }
        var pair = lower.substring(lower.indexOf(']') + 1);
        int dot = pair.indexOf('.');
        return pair.substring(0, dot).equals(pair.substring(dot + 1)) ? pair.substring(0, dot) : pair;
    }

    /** Words and acronyms joined by hyphens, the first beginning with a letter. */
    static boolean isLabel(String text) {
        boolean first = true;
        int at = 0;
        while (true) {
            int end = text.indexOf('-', at);
            int to = end < 0 ? text.length() : end;
            if (!isFragment(text, at, to) || (first && !isLetter(text.charAt(at)))) {
                return false;
            }
            if (end < 0) {
                return true;
            }
            first = false;
            at = end + 1;
        }
    }

    private static Optional<ExternName> member(String text, String annotation, Form form) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        var resource = text.substring(annotation.length(), dot);
        return isLabel(resource) && isLabel(text.substring(dot + 1))
                ? Optional.of(new ExternName(text, form, Optional.of(resource)))
                : Optional.empty();
    }

    private static boolean isInterface(String text) {
        int at = text.indexOf('@');
        var path = at < 0 ? text : text.substring(0, at);
        int colon = path.indexOf(':');
        int slash = path.indexOf('/');
        return colon > 0
                && slash > colon
                && isLowerLabel(path.substring(0, colon))
                && isLowerLabel(path.substring(colon + 1, slash))
                && isLabel(path.substring(slash + 1))
                && (at < 0 || isVersion(text.substring(at + 1)));
    }

    private static boolean isLowerLabel(String text) {
        return isLabel(text) && text.equals(text.toLowerCase(Locale.ROOT));
    }

    /** A semantic version: three numbers, perhaps a pre-release, perhaps build words. */
    private static boolean isVersion(String text) {
        int plus = text.indexOf('+');
        var rest = plus < 0 ? text : text.substring(0, plus);
        if (plus >= 0 && !isDotted(text.substring(plus + 1), false)) {
            return false;
        }
        int hyphen = rest.indexOf('-');
        if (hyphen >= 0 && !isDotted(rest.substring(hyphen + 1), true)) {
            return false;
        }
        var numbers = (hyphen < 0 ? rest : rest.substring(0, hyphen)).split("\\.", -1);
        if (numbers.length != 3) {
            return false;
        }
        for (var number : numbers) {
            if (!isNumber(number) || (number.length() > 1 && number.charAt(0) == '0')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDotted(String text, boolean refuseLeadingZeros) {
        for (var word : text.split("\\.", -1)) {
            if (word.isEmpty() || !word.chars().allMatch(c -> c == '-' || isFragmentChar((char) c))) {
                return false;
            }
            if (refuseLeadingZeros && word.length() > 1 && word.charAt(0) == '0' && isNumber(word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isFragment(String text, int from, int to) {
        boolean lower = false;
        boolean upper = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isFragmentChar(c)) {
                return false;
            }
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
        }
        return to > from && !(lower && upper);
    }

    private static boolean isFragmentChar(char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
