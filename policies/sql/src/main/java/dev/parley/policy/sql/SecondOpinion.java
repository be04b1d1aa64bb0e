package dev.parley.policy.sql;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Asks Calcite's validator whether it reads the statement as the plan does: the same columns come out under the same
 * names, with our operators and no others. It can only refuse; a plan never comes from here.
 */
final class SecondOpinion {
    private static final int DECIMAL_DIGITS = 38;

    private static final RelDataTypeSystem TYPES = new RelDataTypeSystemImpl() {
        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? DECIMAL_DIGITS : super.getMaxPrecision(type);
        }

        @Override
        public int getMaxScale(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? DECIMAL_DIGITS : super.getMaxScale(type);
        }
    };

    private final List<Dataset> datasets;

    SecondOpinion(List<Dataset> datasets) {
        this.datasets = datasets;
    }

    /** The validator rewrites {@code tree}: call this last. */
    void confirm(SqlNode tree, Plan plan) throws NotAllowed {
        var expected = Stream.concat(
                        plan.groupBy().stream().map(Group::as),
                        plan.aggregates().stream().map(a -> a.as()))
                .map(ColumnName::value)
                .toList();
        if (!expected.equals(names(tree))) {
            throw new NotAllowed(SqlRefusal.INCONSISTENT, tree);
        }
    }

    private List<String> names(SqlNode tree) throws NotAllowed {
        try {
            var validator = validator();
            return validator.getValidatedNodeType(validator.validate(tree)).getFieldNames();
        } catch (RuntimeException e) {
            throw new NotAllowed(SqlRefusal.INCONSISTENT, tree);
        }
    }

    private SqlValidator validator() {
        var schema = CalciteSchema.createRootSchema(false, false);
        for (var dataset : datasets) {
            schema.add(dataset.id().value(), new Table(dataset));
        }
        var properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        var types = new SqlTypeFactoryImpl(TYPES);
        var catalog = new CalciteCatalogReader(schema, List.of(), types, new CalciteConnectionConfigImpl(properties));
        var config = SqlValidator.Config.DEFAULT
                .withConformance(SqlConformanceEnum.DEFAULT)
                .withTypeCoercionEnabled(false);
        return SqlValidatorUtil.newValidator(new Operators(), catalog, types, config);
    }

    /** A dataset as Calcite sees it: without its hidden columns. */
    private static final class Table extends AbstractTable {
        private final Dataset dataset;

        Table(Dataset dataset) {
            this.dataset = dataset;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory types) {
            var row = types.builder();
            for (var column : dataset.columns()) {
                if (column.role() != ColumnRole.HIDDEN) {
                    row.add(column.name().value(), type(column, types));
                }
            }
            return row.build();
        }

        private static RelDataType type(Column column, RelDataTypeFactory types) {
            var type = switch (column.type()) {
                case ColumnType.Identity() -> types.createSqlType(SqlTypeName.BINARY, 32);
                case ColumnType.Text() -> types.createSqlType(SqlTypeName.VARCHAR, 65_536);
                case ColumnType.Whole() -> types.createSqlType(SqlTypeName.BIGINT);
                case ColumnType.Decimal(var scale) -> types.createSqlType(SqlTypeName.DECIMAL, DECIMAL_DIGITS, scale);
                case ColumnType.Date() -> types.createSqlType(SqlTypeName.DATE);
                case ColumnType.Timestamp() -> types.createSqlType(SqlTypeName.TIMESTAMP, 6);
                case ColumnType.Truth() -> types.createSqlType(SqlTypeName.BOOLEAN);
            };
            return types.createTypeWithNullability(type, true);
        }
    }
}
