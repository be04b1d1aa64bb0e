package dev.parley.cli.seal;

import dev.parley.cli.console.Failure;

/** A problem with the policy's name of the column, which may be shown. */
final class CsvProblemAt extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CsvProblem problem;
    private final String name;

    CsvProblemAt(CsvProblem problem, String name) {
        super(problem.code().name(), null, false, false);
        this.problem = problem;
        this.name = name;
    }

    Failure failure() {
        return problem.failure(name);
    }
}
