package dev.parley.cli.console;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why a command did not do its work: a stable code, one line for people, an exit code. Never holds a data value. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String line;
    private final ExitCode exit;
    private final transient Map<String, Json> details = new LinkedHashMap<>();

    private Failure(String code, String line, ExitCode exit) {
        super(code + ": " + line);
        this.code = requireNonNull(code);
        this.line = requireNonNull(line);
        this.exit = requireNonNull(exit);
    }

    public static Failure of(CliCode code, String line) {
        return new Failure(code.name(), line, code.exit());
    }

    /** With the code of another table: of a service, the policy checker, a verifier. */
    public static Failure of(String code, ExitCode exit, String line) {
        return new Failure(code, line, exit);
    }

    /** Adds a member to the JSON form. */
    public Failure with(String name, Json value) {
        details.put(name, value);
        return this;
    }

    public String code() {
        return code;
    }

    public String line() {
        return line;
    }

    public ExitCode exit() {
        return exit;
    }

    public Json.Obj json() {
        var error = Json.object().put("code", code).put("message", line);
        details.forEach(error::put);
        return Json.object().put("error", error.build()).build();
    }
}
