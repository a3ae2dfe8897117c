package dev.creel.component.wit;

/** Cuts one WIT text into tokens on demand; comments and blanks vanish between them. */
final class WitScanner {
    private final String text;
    private int at;
    private int line = 1;
    private String where;

    /** @param where begins every message until {@link #nowIn} */
    WitScanner(String text, String where) {
        this.text = text;
        this.where = where;
    }

    /** Names the package that messages speak of. */
    void nowIn(String place) {
        where = place;
    }

    int line() {
        return line;
    }

    InvalidWitException wrong(String what) {
        return wrong(line, what);
    }

    InvalidWitException wrong(int atLine, String what) {
        return new InvalidWitException(where + ", line " + atLine + ": " + what);
    }

    boolean atEnd() {
        blanks();
        return at == text.length();
    }

    /** Whether the next token is {@code token}; nothing is consumed. */
    boolean sees(String token) {
        blanks();
        return text.startsWith(token, at) && !(isWordPart(token.charAt(0)) && isWordPart(charAt(at + token.length())));
    }

    /** Consumes {@code token} if it comes next. */
    boolean takes(String token) {
        if (!sees(token)) {
            return false;
        }
        at += token.length();
        return true;
    }

    void expect(String token) {
        if (!takes(token)) {
            throw wrong("expected '" + token + "' but found " + found());
        }
    }

    /** An identifier; {@code %} before it, which marks a keyword used as a name, is dropped. */
    String identifier() {
        blanks();
        int from = charAt(at) == '%' ? at + 1 : at;
        int to = from;
        while (isWordPart(charAt(to))) {
            to++;
        }
        var word = text.substring(from, to);
        if (!word.matches("[a-zA-Z][a-zA-Z0-9]*(-[a-zA-Z0-9]+)*")) {
            throw wrong("expected a name but found " + found());
        }
        at = to;
        return word;
    }

    /** A version behind {@code @}; a dot that ends it belongs to what follows. */
    String version() {
        int to = at;
        while (isWordPart(charAt(to)) || charAt(to) == '.' || charAt(to) == '+') {
            to++;
        }
        while (to > at && charAt(to - 1) == '.') {
            to--;
        }
        if (to == at) {
            throw wrong("expected a version but found " + found());
        }
        var version = text.substring(at, to);
        at = to;
        return version;
    }

    /** Passes over everything up to the {@code close} that belongs to the {@code open} consumed just now. */
    void skipTo(char open, char close) {
        for (int depth = 1; depth > 0; ) {
            if (atEnd()) {
                throw wrong("expected '" + close + "' but the text ends");
            }
            char c = text.charAt(at++);
            depth += c == open ? 1 : c == close ? -1 : 0;
        }
    }

    private void blanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
            }
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                blockComment();
            } else {
                return;
            }
        }
    }

    private void blockComment() {
        int began = line;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw wrong(began, "this comment never ends");
            } else if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (text.charAt(at++) == '\n') {
                line++;
            }
        } while (depth > 0);
    }

    private String found() {
        blanks();
        if (at >= text.length()) {
            return "the end of the text";
        }
        int to = at + 1;
        while (isWordPart(charAt(at)) && isWordPart(charAt(to))) {
            to++;
        }
        return "'" + text.substring(at, to) + "'";
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
