package dev.parley.policy.sql;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.DecimalText;
import dev.parley.policy.plan.Literal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** Reads constants and parameters as values of the column that they are compared with. */
final class Constants {
    private static final int MAX_TEXT = 256;
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?");

    private static final Column WHOLE_CELL = cell(new ColumnType.Whole());
    private static final Column DECIMAL_CELL = cell(new ColumnType.Decimal(ColumnType.Decimal.MAX_SCALE));

    private final SourceText source;
    private final Map<ColumnName, Parameter> declared;

    Constants(SourceText source, List<Parameter> declared) {
        this.source = source;
        this.declared = declared.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
    }

    private static Column cell(ColumnType type) {
        return new Column(
                new ColumnName("cell"), ColumnRole.FILTER, type, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Literal read(SqlNode node, Column column) throws NotAllowed {
        var literal = node instanceof SqlDynamicParam gap ? parameter(gap, column) : constant(node, column);
        if (literal instanceof Literal.Text(var text)
                && column.domain().isPresent()
                && !column.domain().get().contains(text)) {
            throw new NotAllowed(SqlRefusal.LITERAL_OUTSIDE_DOMAIN, node, "a value of the domain of " + column.name());
        }
        return literal;
    }

    /** A constant beside a cell of the result: a whole number, or any number of the form of decimals. */
    Literal cell(SqlNode node, boolean whole) throws NotAllowed {
        if (node instanceof SqlDynamicParam gap) {
            var parameter = declared(gap);
            var fits = whole
                    ? parameter.type() instanceof ColumnType.Whole
                    : parameter.type() instanceof ColumnType.Decimal;
            if (!fits) {
                throw new NotAllowed(
                        SqlRefusal.PARAMETER_TYPE, gap, "a parameter of type " + (whole ? "whole" : "decimal"));
            }
            return new Literal.Parameter(parameter.name());
        }
        var number = whole ? WHOLE_CELL : DECIMAL_CELL;
        return constant(node, number);
    }

    private Parameter declared(SqlDynamicParam gap) throws NotAllowed {
        var parameter = declared.get(source.parameter(gap));
        if (parameter == null) {
            throw new NotAllowed(SqlRefusal.PARAMETER_UNKNOWN, gap);
        }
        return parameter;
    }

    private Literal parameter(SqlDynamicParam gap, Column column) throws NotAllowed {
        var parameter = declared(gap);
        if (!parameter.type().equals(column.type())) {
            throw new NotAllowed(
                    SqlRefusal.PARAMETER_TYPE,
                    gap,
                    "a parameter of type " + column.type().text());
        }
        return new Literal.Parameter(parameter.name());
    }

    private static Literal constant(SqlNode node, Column column) throws NotAllowed {
        if (node.getKind() == SqlKind.MINUS_PREFIX
                && node instanceof SqlCall minus
                && minus.operand(0) instanceof SqlNumericLiteral number) {
            return number(number, number.bigDecimalValue().negate(), column);
        }
        return switch (node) {
            case SqlNumericLiteral number -> number(number, number.bigDecimalValue(), column);
            case SqlCharStringLiteral text -> text(text, column);
            case SqlUnknownLiteral tagged -> time(tagged, column);
            case SqlLiteral literal
            when literal.getTypeName() == SqlTypeName.BOOLEAN && literal.getValue() != null -> {
                require(column.type() instanceof ColumnType.Truth, node, column);
                yield new Literal.Truth(literal.booleanValue());
            }
            default -> throw new NotAllowed(SqlRefusal.LITERAL_FORM, node);
        };
    }

    private static Literal number(SqlNumericLiteral node, BigDecimal value, Column column) throws NotAllowed {
        if (!node.isExact()) {
            throw new NotAllowed(SqlRefusal.LITERAL_FORM, node);
        }
        var whole = column.type() instanceof ColumnType.Whole && node.isInteger();
        require(whole || column.type() instanceof ColumnType.Decimal, node, column);
        try {
            if (!(column.type() instanceof ColumnType.Decimal(var scale))) {
                return new Literal.Whole(value.longValueExact());
            }
            value.setScale(scale).unscaledValue().longValueExact();
            return new Literal.Decimal(DecimalText.normal(value));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new NotAllowed(SqlRefusal.LITERAL_RANGE, node);
        }
    }

    private static Literal text(SqlCharStringLiteral node, Column column) throws NotAllowed {
        if (!(node.getValue() instanceof NlsString text) || text.getCharsetName() != null) {
            throw new NotAllowed(SqlRefusal.LITERAL_FORM, node);
        }
        require(column.type() instanceof ColumnType.Text, node, column);
        if (text.getValue().length() > MAX_TEXT) {
            throw new NotAllowed(SqlRefusal.LITERAL_RANGE, node, "text of at most " + MAX_TEXT + " characters");
        }
        return new Literal.Text(text.getValue());
    }

    private static Literal time(SqlUnknownLiteral node, Column column) throws NotAllowed {
        var text = String.valueOf(node.getValue());
        try {
            if (node.tag.equals("DATE") && DATE.matcher(text).matches()) {
                require(column.type() instanceof ColumnType.Date, node, column);
                return new Literal.Date(LocalDate.parse(text));
            }
            if (node.tag.equals("TIMESTAMP") && TIMESTAMP.matcher(text).matches()) {
                require(column.type() instanceof ColumnType.Timestamp, node, column);
                return new Literal.Timestamp(
                        LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
            }
        } catch (DateTimeException e) {
            throw new NotAllowed(SqlRefusal.LITERAL_RANGE, node);
        }
        throw new NotAllowed(SqlRefusal.LITERAL_FORM, node);
    }

    private static void require(boolean fits, SqlNode node, Column column) throws NotAllowed {
        if (!fits) {
            throw new NotAllowed(
                    SqlRefusal.LITERAL_TYPE,
                    node,
                    "a constant of type " + column.type().text());
        }
    }
}
