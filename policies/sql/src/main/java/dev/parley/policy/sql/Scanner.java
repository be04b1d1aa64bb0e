package dev.parley.policy.sql;

import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Malformed;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds quotes, comments and parameters before Calcite does. Where Calcite's lexer might see other borders (prefixed
 * text, {@code //}, hints, a second statement), the text is refused, so that both always agree on what is text.
 */
final class Scanner {
    private static final int MAX_LENGTH = 16_384;
    private static final int MAX_DEPTH = 8;

    /** Calcite's time grows with the square of a chain of names and with the cube of a chain of BETWEEN. */
    private static final int MAX_POINTS = 4_096;

    private static final int MAX_BETWEEN = 64;

    private final String sql;
    private final StringBuilder out;
    private final Map<Position, ColumnName> parameters = new HashMap<>();
    private int at;
    private int depth;
    private int points;
    private int betweens;
    private boolean ended;

    Scanner(String sql) throws NotAllowed {
        if (sql.length() > MAX_LENGTH) {
            throw new NotAllowed(SqlRefusal.TEXT_TOO_LONG, Position.START);
        }
        this.sql = sql;
        this.out = new StringBuilder(sql);
    }

    SourceText scan() throws NotAllowed {
        while (at < sql.length()) {
            var c = sql.charAt(at);
            if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
                comment(c);
            } else if (isSpace(at)) {
                blank(at++);
            } else if (ended) {
                throw refusal(SqlRefusal.MANY_STATEMENTS);
            } else {
                sign(c);
            }
        }
        return new SourceText(out.toString(), parameters);
    }

    private void sign(char c) throws NotAllowed {
        switch (c) {
            case '\'', '"' -> quoted(c);
            case ':' -> parameter();
            case '?' -> throw refusal(SqlRefusal.PARAMETER_FORM);
            case '%', '|', '^', '~', '&', '!' -> throw refusal(SqlRefusal.EXPRESSION);
            case ';' -> {
                ended = true;
                blank(at++);
            }
            case '(' -> {
                if (++depth > MAX_DEPTH) {
                    throw refusal(SqlRefusal.TOO_DEEP);
                }
                at++;
            }
            case ')' -> {
                depth--;
                at++;
            }
            default -> plain(c);
        }
    }

    private void plain(char c) throws NotAllowed {
        if ((!isWord(c) && ",.=<>+-*/".indexOf(c) < 0) || sql.startsWith("//", at)) {
            throw refusal(SqlRefusal.CHARACTER);
        }
        points += c == '.' ? 1 : 0;
        betweens += sql.regionMatches(true, at, "between", 0, 7) ? 1 : 0;
        if (points > MAX_POINTS || betweens > MAX_BETWEEN) {
            throw refusal(SqlRefusal.TOO_MANY);
        }
        at++;
    }

    private void comment(char first) throws NotAllowed {
        if (sql.startsWith("/*+", at)) {
            throw refusal(SqlRefusal.HINT);
        }
        var mark = first == '-' ? "\n" : "*/";
        var end = sql.indexOf(mark, at + 2);
        if (end < 0 && first == '/') {
            throw refusal(SqlRefusal.UNCLOSED);
        }
        var stop = end < 0 ? sql.length() : end + mark.length();
        while (at < stop) {
            refuseUnseen(at, true);
            blank(at++);
        }
    }

    private void quoted(char quote) throws NotAllowed {
        if (at > 0 && isWord(sql.charAt(at - 1))) {
            throw refusal(SqlRefusal.LITERAL_PREFIX);
        }
        var start = at++;
        while (true) {
            var end = sql.indexOf(quote, at);
            if (end < 0) {
                at = start;
                throw refusal(SqlRefusal.UNCLOSED);
            }
            for (; at < end; at++) {
                refuseUnseen(at, false);
            }
            at++;
            if (at >= sql.length() || sql.charAt(at) != quote) {
                return;
            }
            at++;
        }
    }

    private void parameter() throws NotAllowed {
        var end = at + 1;
        while (end < sql.length() && isWord(sql.charAt(end))) {
            end++;
        }
        if (end == at + 1 && end < sql.length() && sql.charAt(end) == ':') {
            throw refusal(SqlRefusal.EXPRESSION);
        }
        try {
            parameters.put(Position.of(sql, at), ColumnName.parse(sql.substring(at + 1, end)));
        } catch (Malformed e) {
            throw refusal(SqlRefusal.PARAMETER_FORM);
        }
        out.setCharAt(at, '?');
        for (at++; at < end; at++) {
            blank(at);
        }
    }

    /** What a reader does not see, such as marks that turn the direction of writing, could hide a condition. */
    private void refuseUnseen(int index, boolean inComment) throws NotAllowed {
        var c = sql.codePointAt(index);
        var paired = index > 0 && Character.isSurrogatePair(sql.charAt(index - 1), sql.charAt(index));
        if (paired || (inComment && isSpace(index))) {
            return;
        }
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE -> {
                at = index;
                throw refusal(SqlRefusal.CHARACTER);
            }
            default -> {}
        }
    }

    private void blank(int index) {
        if (sql.charAt(index) != '\n') {
            out.setCharAt(index, ' ');
        }
    }

    private NotAllowed refusal(SqlRefusal code) {
        return new NotAllowed(code, Position.of(sql, at));
    }

    /** A carriage return alone would end a line for some readers of the text and not for others. */
    private boolean isSpace(int index) {
        return switch (sql.charAt(index)) {
            case ' ', '\n', '\t' -> true;
            case '\r' -> sql.startsWith("\r\n", index);
            default -> false;
        };
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
