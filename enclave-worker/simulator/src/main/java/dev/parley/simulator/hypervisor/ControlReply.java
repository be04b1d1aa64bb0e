package dev.parley.simulator.hypervisor;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.simulator.sandbox.Isolation;
import dev.parley.simulator.sandbox.Layer;
import java.nio.file.Path;
import java.util.List;

/** What the platform answers, and the one thing that it says unasked: that an enclave ended. */
sealed interface ControlReply {
    /**
     * An enclave is ready to be started.
     *
     * @param channel where the host has to listen before it asks for the start
     */
    record Prepared(String enclaveId, Path channel) implements ControlReply {}

    record Started(String isolation, ParentRole role, Measurement measurement, boolean debug) implements ControlReply {}

    record Ended(int exit) implements ControlReply {}

    /**
     * The platform and what runs on it.
     *
     * @param enclaves those of every host, until nothing of them is left
     */
    record Description(Isolation isolation, List<Enclave.Description> enclaves, Measurement measurement, TrustRoot root)
            implements ControlReply {
        public Description {
            enclaves = List.copyOf(enclaves);
        }
    }

    record Refused(Code code) implements ControlReply {}

    /** Why a request was refused; {@code docs/errors.md} explains each. */
    enum Code {
        PLATFORM_REQUEST_MALFORMED,
        PLATFORM_ENCLAVE_EXISTS,
        PLATFORM_NO_ENCLAVE,
        PLATFORM_NOT_LISTENING,
        PLATFORM_FULL,
        PLATFORM_FAILED
    }

    default Bytes canonical() {
        var object = Json.object().put("parley", ControlRequest.KIND);
        return switch (this) {
            case Prepared(var enclaveId, var channel) ->
                object.put("reply", "prepared")
                        .put("enclaveId", enclaveId)
                        .put("channel", channel.toString())
                        .build()
                        .canonical();
            case Started(var isolation, var role, var measurement, var debug) ->
                object.put("reply", "started")
                        .put("isolation", isolation)
                        .put("role", role.text())
                        .put("measurement", measurement.json())
                        .put("debug", debug)
                        .build()
                        .canonical();
            case Ended(var exit) ->
                object.put("reply", "ended").put("exit", exit).build().canonical();
            case Description(var isolation, var enclaves, var measurement, var root) ->
                object.put("reply", "description")
                        .put("trustDomain", TrustDomain.SIMULATED.text())
                        .put("isolation", isolation.text())
                        .put("layers", layers(isolation))
                        .put("enclaves", Json.array(enclaves, Enclave.Description::json))
                        .put("measurement", measurement.json())
                        .put("root", root.der())
                        .put("rootFingerprint", root.fingerprint().hex())
                        .build()
                        .canonical();
            case Refused(var code) ->
                object.put("reply", "refused").put("code", code.name()).build().canonical();
        };
    }

    private static Json layers(Isolation isolation) {
        return Json.array(
                List.of(Layer.values()),
                layer -> Json.object()
                        .put("name", layer.wireName())
                        .put("inForce", isolation.inForce(layer))
                        .build());
    }
}
