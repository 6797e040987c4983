package peerserver.wire;

import java.util.regex.Pattern;

/**
 * Walks EDN text before it is read, so that the reader's recursion, the length of its tokens, the size of its decimals and the
 * number of keys that may have the same hash stay bounded. Tells nothing about validity: what passes may still be refused by
 * the reader.
 */
final class EdnNesting {

    /** Of a decimal, but for the M behind it. */
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?");

    private enum Frame {
        /** An open bracket. */
        COLLECTION,
        /** That of a map or a set. */
        KEYED,
        /** A tag or the like: the next form belongs to it. */
        TAG,
        /** The next form vanishes. */
        DISCARD
    }

    private final String text;
    private final int limit;
    private final Frame[] frames;
    private final int[] forms;
    private int keyedForms;
    private int depth;
    private int position;

    private EdnNesting(String text, int limit) {
        this.text = text;
        this.limit = limit;
        this.frames = new Frame[limit + 1];
        this.forms = new int[limit + 1];
    }

    /**
     * Checks a text.
     *
     * @throws AnomalyException {@code incorrect} when it is nested too deeply or holds too long a token
     */
    static void check(String text, int limit) {
        new EdnNesting(text, limit).walk();
    }

    private void walk() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            switch (c) {
                case '(', '[' -> push(Frame.COLLECTION);
                case '{' -> push(Frame.KEYED);
                case ')', ']', '}' -> close();
                case '"' -> string();
                case ';' -> comment();
                case '^' -> metadata();
                case '#' -> dispatch();
                case '\\' -> {
                    position++;
                    token(false);
                    completed();
                }
                default -> {
                    if (!isSpace(c)) {
                        int start = position - 1;
                        token(beginsNumber(c));
                        decimal(start);
                        completed();
                    }
                }
            }
        }
    }

    private void push(Frame frame) {
        if (depth == limit) {
            throw Limits.tooDeep(limit);
        }
        forms[depth] = 0;
        frames[depth++] = frame;
    }

    private void close() {
        if (depth > 0 && (frames[depth - 1] == Frame.COLLECTION || frames[depth - 1] == Frame.KEYED)) {
            depth--;
        }
        completed();
    }

    private void completed() {
        while (depth > 0 && frames[depth - 1] == Frame.TAG) {
            depth--;
        }
        if (depth > 0 && frames[depth - 1] == Frame.DISCARD) {
            depth--;
        } else if (depth > 0
                && frames[depth - 1] == Frame.KEYED
                && ++forms[depth - 1] > Limits.SAME_HASHES
                && ++keyedForms > Limits.KEYED_FORMS) {
            throw AnomalyException.incorrect(
                    "There are more than " + Limits.KEYED_FORMS + " forms in maps and sets: use vectors, or Transit");
        }
    }

    private void string() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                break;
            }
            if (c == '\\') {
                position++;
            }
        }
        completed();
    }

    private void comment() {
        while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            position++;
        }
    }

    private void metadata() {
        push(Frame.TAG);
        push(Frame.DISCARD);
    }

    /** After a number sign: a set, a discarded form, metadata, or a tag with the form that follows it. */
    private void dispatch() {
        char c = position < text.length() ? text.charAt(position) : ' ';
        if (c == '{') {
            return;
        }
        if (c == '_') {
            position++;
            push(Frame.DISCARD);
        } else if (c == '^') {
            position++;
            metadata();
        } else {
            push(Frame.TAG);
            if (c == '#') {
                position++;
            } else {
                token(false);
            }
        }
    }

    private boolean beginsNumber(char c) {
        char digit = (c == '+' || c == '-') && position < text.length() ? text.charAt(position) : c;
        return Character.isDigit(digit);
    }

    /** The rest of a token. A number ends at a number sign, which other tokens may hold. */
    private void token(boolean number) {
        int start = position;
        while (position < text.length()
                && !endsToken(text.charAt(position))
                && !(number && text.charAt(position) == '#')) {
            position++;
        }
        if (position - start > Limits.NUMBER_LENGTH) {
            throw AnomalyException.incorrect("A token is longer than " + Limits.NUMBER_LENGTH + " characters");
        }
    }

    private void decimal(int start) {
        int end = position - 1;
        if (text.charAt(end) == 'M' && DECIMAL.matcher(text).region(start, end).matches()) {
            Limits.decimal(text.substring(start, end));
        }
    }

    private static boolean endsToken(char c) {
        return isSpace(c) || "\"();[]{}\\^".indexOf(c) >= 0;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || c == ',';
    }
}
