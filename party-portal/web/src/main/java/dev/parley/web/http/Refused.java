package dev.parley.web.http;

import dev.parley.protocol.wire.Problem;

/** Ends a request, and its transaction, with a problem. The detail names the place and the rule, never a value. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String TYPES = "https://parley.dev/errors/";

    private final transient Problem problem;

    private Refused(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    public static Refused with(ProblemCode code, String detail) {
        return new Refused(problem(code, detail));
    }

    public static Refused notFound() {
        return with(ProblemCode.NOT_FOUND, "it does not exist");
    }

    /** A refusal of a part that has codes of its own. */
    public static Problem problem(int status, String title, String code, String detail) {
        return new Problem(TYPES + code, title, status, code, detail);
    }

    static Problem problem(ProblemCode code, String detail) {
        return problem(code.status(), code.title(), code.name(), detail);
    }

    public Problem problem() {
        return problem;
    }
}
