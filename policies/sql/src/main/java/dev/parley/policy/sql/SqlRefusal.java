package dev.parley.policy.sql;

/** The stable reasons why a SQL text has no plan; {@code docs/errors.md} has a row for each {@link #code()}. */
public enum SqlRefusal {
    TEXT_TOO_LONG("a text of at most 16,384 characters"),
    TOO_DEEP("at most 8 open parentheses; conditions are joined by AND and need none"),
    TOO_MANY("at most 64 conditions, uses of BETWEEN, values of one IN, groups and aggregates"),
    CHARACTER(
            "letters, digits and the signs of SQL; other characters only inside '…', and no control characters there"),
    UNCLOSED("close every quote and comment"),
    LITERAL_PREFIX("plain text in single quotes, with a space before it: 'text'"),
    HINT("leave the hint out"),
    SYNTAX("SELECT dimension, COUNT(*) AS name FROM dataset WHERE column = constant GROUP BY dimension;"
            + " a name that is a word of SQL stands in double quotes"),
    MANY_STATEMENTS("one SELECT and nothing after it"),
    NOT_A_QUERY("a SELECT"),
    SET_OPERATION("one SELECT per template"),
    WITH_CLAUSE("one SELECT from the datasets themselves"),
    SUBQUERY("one SELECT; join the second dataset with JOIN … ON identity = identity"),
    ORDER_OR_LIMIT("leave ORDER BY, LIMIT, OFFSET and FETCH out; results come in a fixed order"),
    DISTINCT_ROWS("GROUP BY the dimensions; rows are never listed"),
    HAVING("leave HAVING out; small groups are held back by the policy"),
    WINDOW("plain aggregates with GROUP BY"),

    NO_DATASET("FROM dataset"),
    UNKNOWN_DATASET("FROM a dataset of this policy"),
    DATASET_FORM("FROM dataset AS name"),
    DATASET_NAME_TWICE("a different name for each dataset: FROM a AS x JOIN b AS y"),
    SELF_JOIN("two different datasets"),
    MANY_JOINS("at most two datasets"),
    JOIN_KIND("JOIN or LEFT JOIN; put the dataset whose people all stay first"),
    JOIN_CONDITION("ON a.identity = b.identity, one equality and nothing else"),
    JOIN_COLUMN("join on identity columns"),
    JOIN_PROFILES("join on identities with the same normalisation profile"),

    UNKNOWN_COLUMN("a column of a dataset in FROM, spelled exactly as in the policy"),
    AMBIGUOUS_COLUMN("dataset.column"),
    HIDDEN_COLUMN("a column that is not hidden"),
    STAR("name the dimensions and aggregates; rows are never listed"),

    IDENTITY_SELECTED("COUNT(DISTINCT identity) AS name"),
    IDENTITY_GROUPED("GROUP BY a dimension"),
    IDENTITY_COMPARED("compare dimensions and filters only; identities stand in ON a.identity = b.identity"),
    IDENTITY_COMPUTED("COUNT(DISTINCT identity) AS name; nothing else is computed from identities"),

    NAME_MISSING("aggregate AS name"),
    NAME_FORM("a name of a lower-case letter, then a-z, 0-9 and _, 63 characters at most"),
    NAME_TWICE("a different name for each column of the result"),
    NOT_GROUPED("add the dimension to GROUP BY, or aggregate the measure"),
    OUTPUT_ORDER("dimensions first, then aggregates"),
    NO_AGGREGATE("COUNT(*), COUNT(DISTINCT identity), SUM(measure) or AVG(measure)"),
    FUNCTION("COUNT(*), COUNT(DISTINCT identity), SUM(measure) and AVG(measure); there are no other functions"),
    EXPRESSION("plain columns; nothing is computed from them"),
    CONSTANT_SELECTED("dimensions and aggregates only"),
    COUNT_FORM("COUNT(*) or COUNT(DISTINCT identity)"),
    PEOPLE_FORM("COUNT(DISTINCT identity) of the identity that joins; of the first dataset where the join is LEFT"),
    AGGREGATE_FORM("the plain aggregate, without DISTINCT, ALL, WITHIN GROUP or treatment of nulls"),
    AGGREGATE_FILTER("move the condition to WHERE"),
    AGGREGATE_ARGUMENT("one measure, as it is: SUM(measure)"),
    NOT_A_MEASURE("SUM and AVG of a column with role measure"),

    GROUP_FORM("GROUP BY the dimensions themselves, no numbers, sets or expressions"),
    GROUP_TWICE("each dimension once"),
    NOT_A_DIMENSION("GROUP BY a column with role dimension"),
    GROUP_NOT_SELECTED("select every dimension of GROUP BY"),

    OR("IN (values), or one template for each branch"),
    NOT("<> for one value, or IN with the values that stay"),
    NULL_TEST("conditions on values; a missing value meets no condition"),
    PATTERN("= or IN with whole values"),
    COLUMN_WITH_COLUMN("column = constant or column = :parameter"),
    CONSTANT_CONDITION("column = constant or column = :parameter"),
    CONDITION_FORM("column = <> < <= > >= constant, column IN (constants), column BETWEEN constant AND constant"),
    MEASURE_COMPARED("conditions on dimensions and filters"),
    OPERATOR_FOR_TYPE("= <> IN for text and truth values"),

    LITERAL_FORM("'text', 12, 12.50, TRUE, FALSE, DATE '2026-01-31', TIMESTAMP '2026-01-31 23:59:59'"),
    LITERAL_TYPE("a constant of the column's type"),
    LITERAL_RANGE("a constant that the column's type can hold"),
    LITERAL_OUTSIDE_DOMAIN("a value of the column's domain"),
    PARAMETER_FORM(":name, of a lower-case letter, then a-z, 0-9 and _"),
    PARAMETER_PLACE("column = :parameter"),
    PARAMETER_UNKNOWN("a parameter that the template declares"),
    PARAMETER_UNUSED("use every declared parameter, or do not declare it"),
    PARAMETER_TYPE("a parameter of the column's type"),

    INCONSISTENT("a simpler query; Calcite and the plan compiler read this one differently");

    private final String nearest;

    SqlRefusal(String nearest) {
        this.nearest = nearest;
    }

    /** The code as reports and APIs show it: this name behind {@code SQL_}. */
    public String code() {
        return "SQL_" + name();
    }

    /** The allowed form that comes nearest, where the text gives no better one. */
    public String nearest() {
        return nearest;
    }
}
