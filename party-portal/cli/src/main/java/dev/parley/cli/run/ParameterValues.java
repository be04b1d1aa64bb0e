package dev.parley.cli.run;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.DecimalText;
import dev.parley.policy.plan.Literal;
import dev.parley.protocol.encoding.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a person writes for a template's parameters, as the constants that their types ask for. */
final class ParameterValues {
    private ParameterValues() {}

    static Map<ColumnName, Literal> read(Template template, Map<String, String> given) throws Failure {
        var values = new LinkedHashMap<ColumnName, Literal>();
        for (var parameter : template.parameters()) {
            var text = given.get(parameter.name().value());
            if (text == null) {
                throw malformed("the template needs --param " + parameter.name() + "=… ("
                        + parameter.type().text() + "): " + parameter.description());
            }
            values.put(parameter.name(), literal(parameter, text));
        }
        for (var name : given.keySet()) {
            if (template.parameters().stream().noneMatch(p -> p.name().value().equals(name))) {
                throw malformed("the template has no parameter of the name given with --param");
            }
        }
        return values;
    }

    private static Literal literal(Parameter parameter, String text) throws Failure {
        try {
            var literal = switch (parameter.type()) {
                case ColumnType.Text() -> new Literal.Text(text);
                case ColumnType.Whole() -> new Literal.Whole(Long.parseLong(text));
                case ColumnType.Decimal decimal -> new Literal.Decimal(DecimalText.parse(text));
                case ColumnType.Date() -> new Literal.Date(LocalDate.parse(text));
                case ColumnType.Timestamp() -> new Literal.Timestamp(Instant.parse(text));
                case ColumnType.Truth() -> new Literal.Truth(truth(text));
                case ColumnType.Identity() -> throw new Malformed("a parameter is never an identity");
            };
            if (parameter.accepts(literal)) {
                return literal;
            }
        } catch (Malformed | NumberFormatException | DateTimeException e) {
            throw wrong(parameter);
        }
        throw wrong(parameter);
    }

    private static boolean truth(String text) throws Malformed {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Malformed("true or false");
        };
    }

    private static Failure wrong(Parameter parameter) {
        return malformed("parameter " + parameter.name() + " takes a constant of type "
                + parameter.type().text());
    }

    private static Failure malformed(String line) {
        return Failure.of(CliCode.PARAMETER_MALFORMED, line);
    }
}
