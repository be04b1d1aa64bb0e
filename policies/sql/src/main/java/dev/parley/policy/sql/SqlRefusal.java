package dev.parley.policy.sql;

/** The stable reasons why a SQL text has no plan; {@code docs/errors.md} has a row for each {@link #code()}. */
public enum SqlRefusal {
    TEXT_TOO_LONG("a text of at most 16,384 characters"),
    TOO_DEEP("at most 8 open parentheses, and AND and OR nested at most 4 deep"),
    TOO_MANY("at most 64 conditions, uses of BETWEEN, values of one IN, buckets and aggregates; 16 groups,"
            + " branches of an OR, conditions of HAVING and columns of ORDER BY"),
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
    WITH_FORM(
            "WITH name AS (SELECT columns FROM dataset WHERE conditions); no groups, aggregates or expressions in it"),
    WITH_NAME("a name of its own for each WITH query, other than the datasets', used once"),
    WITH_PLACE("a WITH query with joins first in FROM"),
    WITH_FILTER("JOIN, or the condition in WHERE: a LEFT JOIN has whole datasets on its right"),
    SUBQUERY("WITH name AS (SELECT …) before SELECT; join datasets with JOIN … ON identity = identity"),
    ORDER_FORM("ORDER BY columns of the result, each once, with DESC or without"),
    LIMIT_FORM("LIMIT with a number from 1 to 100000"),
    OFFSET("LIMIT without OFFSET"),
    DISTINCT_ROWS("GROUP BY the dimensions; rows are never listed"),
    HAVING_FORM("aggregate or its name = <> < <= > >= number, joined by AND; conditions on columns stand in WHERE"),
    CELL_NOT_SELECTED("an aggregate of SELECT; the name of its column, where it stands there twice"),
    WINDOW("plain aggregates with GROUP BY"),

    NO_DATASET("FROM dataset"),
    UNKNOWN_DATASET("FROM a dataset of this policy"),
    DATASET_FORM("FROM dataset AS name"),
    DATASET_NAME_TWICE("a different name for each dataset: FROM a AS x JOIN b AS y"),
    SELF_JOIN("different datasets"),
    MANY_JOINS("at most eight datasets"),
    JOIN_NESTED("a JOIN b ON … JOIN c ON …, without parentheses"),
    JOIN_KIND("JOIN or LEFT JOIN; put the dataset whose people all stay first"),
    JOIN_CONDITION("ON a.identity = b.identity, one equality and nothing else"),
    JOIN_COLUMN("join on identity columns"),
    JOIN_PEOPLE("all datasets on the one identity of the first: ON first.identity = other.identity"),
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
    EXPRESSION("plain columns; nothing is computed from them but CASE buckets in SELECT and GROUP BY"),
    CONSTANT_SELECTED("dimensions and aggregates only"),
    COUNT_FORM("COUNT(*) or COUNT(DISTINCT identity)"),
    PEOPLE_FORM("COUNT(DISTINCT identity) of the identity that joins; of the first dataset where the join is LEFT"),
    AGGREGATE_FORM("the plain aggregate, without DISTINCT, ALL, WITHIN GROUP or treatment of nulls"),
    AGGREGATE_FILTER("move the condition to WHERE"),
    AGGREGATE_ARGUMENT("one measure, as it is: SUM(measure)"),
    NOT_A_MEASURE("SUM and AVG of a column with role measure"),

    GROUP_FORM("GROUP BY dimensions and CASE buckets, no numbers, sets or other expressions"),
    GROUP_TWICE("each dimension once"),
    NOT_A_DIMENSION("GROUP BY a column with role dimension"),
    GROUP_NOT_SELECTED("select every dimension of GROUP BY"),
    NEEDS_BUCKETS("CASE WHEN column < constant THEN 'label' ELSE 'label' END for numbers, dates and times"),
    BUCKET_COLUMNS("CASE with conditions on one dimension alone"),
    BUCKET_LABEL("THEN 'label', one visible line of text"),
    BUCKET_LABEL_TWICE("a different label for each bucket"),

    CONDITION_ACROSS_DATASETS("OR between conditions on one dataset; one condition per dataset, joined by AND"),
    NOT("<> for one value, or IN with the values that stay"),
    NULL_TEST("conditions on values; a missing value meets no condition"),
    PATTERN("= or IN with whole values"),
    COLUMN_WITH_COLUMN("column = constant or column = :parameter"),
    CONSTANT_CONDITION("column = constant or column = :parameter"),
    CONDITION_FORM("column = <> < <= > >= constant, column IN (constants), column BETWEEN constant AND constant;"
            + " AND, OR and parentheses between them"),
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
