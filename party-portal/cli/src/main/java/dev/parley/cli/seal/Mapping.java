package dev.parley.cli.seal;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.authoring.normalisation.InputForm;
import dev.parley.policy.authoring.normalisation.Profile;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which column of a file goes to which column of the policy's dataset.
 *
 * @param names the name in the file's header, where it differs from the policy's
 * @param forms in which form an identity column holds its identifiers, where it holds hashes
 */
record Mapping(Dataset dataset, Map<String, String> names, Map<String, InputForm> forms) {
    Mapping {
        requireNonNull(dataset);
        names = Map.copyOf(names);
        forms = Map.copyOf(forms);
    }

    /** A column with its place in the file. */
    record Placed(String name, int sealedColumn, int fileColumn, Cell cell, boolean privacyUnit) {}

    /** The sealed file's columns, in the policy's order. */
    Schema schema() {
        var columns = new ArrayList<Schema.Column>();
        for (var column : dataset.columns()) {
            columns.add(new Schema.Column(column.name().value(), sealedType(column)));
        }
        return new Schema(columns);
    }

    /** Where everything stands, the privacy unit first. Names of the header are never shown: they may be data. */
    List<Placed> place(List<String> header) throws CsvProblemAt {
        requireKnown();
        var placed = new ArrayList<Placed>();
        for (var i = 0; i < dataset.columns().size(); i++) {
            var column = dataset.columns().get(i);
            var name = column.name().value();
            var at = header.indexOf(names.getOrDefault(name, name));
            if (at < 0) {
                throw new CsvProblemAt(new CsvProblem(SealCode.COLUMN_MISSING, 1, 0), name);
            }
            var unit = column.name().equals(dataset.privacyUnit());
            placed.add(unit ? 0 : placed.size(), new Placed(name, i, at, cell(column), unit));
        }
        return List.copyOf(placed);
    }

    private void requireKnown() throws CsvProblemAt {
        for (var name : names.keySet()) {
            if (dataset.columns().stream().noneMatch(c -> c.name().value().equals(name))) {
                throw new CsvProblemAt(new CsvProblem(SealCode.MAPPING_UNKNOWN_COLUMN, 0, 0), name);
            }
        }
        for (var name : forms.keySet()) {
            var column = dataset.columns().stream()
                    .filter(c -> c.name().value().equals(name))
                    .findFirst();
            if (column.isEmpty()) {
                throw new CsvProblemAt(new CsvProblem(SealCode.MAPPING_UNKNOWN_COLUMN, 0, 0), name);
            }
            if (!(column.get().type() instanceof ColumnType.Identity)) {
                throw new CsvProblemAt(new CsvProblem(SealCode.MAPPING_WRONG_COLUMN, 0, 0), name);
            }
        }
    }

    private Cell cell(Column column) {
        return switch (column.type()) {
            case ColumnType.Identity() -> {
                var profile = column.normalisation()
                        .flatMap(Profile::named)
                        .orElseThrow(() -> new IllegalStateException("a policy names known profiles only"));
                yield new IdentityCell(profile, forms.getOrDefault(column.name().value(), InputForm.PLAIN));
            }
            case ColumnType.Text() -> new TextCell(column.domain());
            case ColumnType.Whole() -> NumberCell.ofWhole();
            case ColumnType.Decimal(var scale) -> NumberCell.ofDecimal(scale);
            case ColumnType.Date() -> TimeCell.DATE;
            case ColumnType.Timestamp() -> TimeCell.TIMESTAMP;
            case ColumnType.Truth() -> TruthCell.WORDS;
        };
    }

    private static dev.parley.protocol.sealing.ColumnType sealedType(Column column) {
        try {
            return dev.parley.protocol.sealing.ColumnType.parse(column.type().text());
        } catch (Malformed e) {
            throw new IllegalStateException("a policy's types are those of sealed datasets", e);
        }
    }
}
