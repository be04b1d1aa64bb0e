package dev.parley.policy.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Carries a refusal out of the readers, up to {@link SqlPlans}, which makes it a value. Holds no text of the query. */
final class NotAllowed extends Exception {
    private final SqlRefusal code;
    private final Position at;
    private final String nearest;

    NotAllowed(SqlRefusal code, Position at, String nearest) {
        super(code.code(), null, false, false);
        this.code = code;
        this.at = at;
        this.nearest = nearest;
    }

    NotAllowed(SqlRefusal code, Position at) {
        this(code, at, code.nearest());
    }

    NotAllowed(SqlRefusal code, SqlNode at) {
        this(code, position(at.getParserPosition()));
    }

    NotAllowed(SqlRefusal code, SqlNode at, String nearest) {
        this(code, position(at.getParserPosition()), nearest);
    }

    static Position position(@Nullable SqlParserPos pos) {
        return pos == null
                ? Position.START
                : new Position(Math.max(1, pos.getLineNum()), Math.max(1, pos.getColumnNum()));
    }

    Compilation.Refused refusal() {
        return new Compilation.Refused(code, at, nearest);
    }
}
