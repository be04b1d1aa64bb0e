package dev.parley.cli.seal;

import static java.util.Objects.requireNonNull;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.protocol.json.Json;

/** What is wrong with a file and where; lines and columns count from 1, 0 means the file as a whole. */
final class CsvProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final SealCode code;
    private final long line;
    private final int column;

    CsvProblem(SealCode code, long line, int column) {
        super(code.name(), null, false, false);
        this.code = requireNonNull(code);
        this.line = line;
        this.column = column;
    }

    SealCode code() {
        return code;
    }

    /**
     * For people and programs.
     *
     * @param name the policy's name of the column, empty where it has none
     */
    Failure failure(String name) {
        var place = new StringBuilder();
        if (line > 0) {
            place.append("line ").append(line);
        }
        if (column > 0) {
            place.append(place.isEmpty() ? "column " : ", column ").append(column);
        }
        if (!name.isEmpty()) {
            place.append(place.isEmpty() ? "column " : " ")
                    .append('(')
                    .append(name)
                    .append(')');
        }
        return Failure.of(code.name(), ExitCode.BAD_INPUT, (place.isEmpty() ? "" : place + ": ") + code.words())
                .with("line", Json.of(line))
                .with("column", Json.of(column))
                .with("name", name.isEmpty() ? new Json.Null() : Json.of(name));
    }
}
