package dev.parley.policy.sql;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Calcite's parser in standard conformance, with names taken as they are written. */
final class Grammar {
    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withConformance(SqlConformanceEnum.DEFAULT)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(true)
            .withIdentifierMaxLength(63);

    private static final SqlAbstractParserImpl.Metadata WORDS =
            SqlParser.create("", CONFIG).getMetadata();

    private Grammar() {}

    /** Calcite's own messages quote the text, so nothing but the place is taken from them. */
    static SqlNode parse(SourceText source) throws NotAllowed {
        try {
            return SqlParser.create(source.text(), CONFIG).parseStmt();
        } catch (SqlParseException e) {
            throw new NotAllowed(SqlRefusal.SYNTAX, NotAllowed.position(e.getPos()));
        } catch (RuntimeException e) {
            throw new NotAllowed(SqlRefusal.SYNTAX, Position.START);
        }
    }

    /** The words of SQL, in upper case. */
    static Set<String> words() {
        return Set.copyOf(WORDS.getTokens());
    }

    /** Whether {@code name} is a word of SQL, which may mean something else where an expression begins. */
    static boolean isWord(String name) {
        return WORDS.isKeyword(name.toUpperCase(Locale.ROOT));
    }

    /** Whether {@code name} means itself only inside double quotes. */
    static boolean needsQuotes(String name) {
        var word = name.toUpperCase(Locale.ROOT);
        return name.contains("-") || (WORDS.isKeyword(word) && !WORDS.isNonReservedKeyword(word));
    }
}
