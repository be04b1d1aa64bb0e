package dev.parley.server.http;

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

    /** Nothing there, or nothing for the caller: the two look the same. */
    public static Refused notFound() {
        return with(ProblemCode.NOT_FOUND, "it does not exist, or not for your party");
    }

    /** A refusal of the policy language, under that code. */
    public static Refused byPolicy(String code, String detail) {
        return new Refused(new Problem(TYPES + code, "The policy does not allow this", 422, code, detail));
    }

    static Problem problem(ProblemCode code, String detail) {
        return new Problem(TYPES + code.name(), code.title(), code.status(), code.name(), detail);
    }

    public Problem problem() {
        return problem;
    }
}
