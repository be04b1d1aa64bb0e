package dev.parley.simulator.hypervisor;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/** What a host asks of the platform. */
sealed interface ControlRequest {
    String KIND = "platform/1";

    /**
     * Prepare an enclave.
     *
     * @param debug show its output and zero PCR0–2
     */
    record Launch(boolean debug) implements ControlRequest {}

    /** Start the prepared enclave; the host listens at the channel's path by now. */
    record Start() implements ControlRequest {}

    /** End the enclave. */
    record Terminate() implements ControlRequest {}

    /** Say what platform this is. */
    record Describe() implements ControlRequest {}

    static ControlRequest parse(Bytes text) throws Malformed {
        var fields = Json.parseCanonical(text).asObject().fields();
        fields.require("parley", KIND);
        var request = switch (fields.string("request")) {
            case "launch" -> new Launch(fields.bool("debug"));
            case "start" -> new Start();
            case "terminate" -> new Terminate();
            case "describe" -> new Describe();
            default -> throw new Malformed("request is not known");
        };
        fields.end();
        return request;
    }
}
