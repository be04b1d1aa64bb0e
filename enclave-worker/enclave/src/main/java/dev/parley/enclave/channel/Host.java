package dev.parley.enclave.channel;

import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of {@code enclave-channel.md} §2, one method each. */
public final class Host {
    /** The most bytes that one {@link #read} may ask for. */
    public static final int MAX_READ = 4 << 20;

    private static final String PROTOCOL = "parley-enclave/1";

    private final Door door;

    public Host(Door door) {
        this.door = door;
    }

    /** How the enclave got on: fixed points that depend on the form of a run, never on its data. */
    public enum Step {
        BOOTED,
        ATTESTED,
        GRANTED,
        KEYS_RELEASED,
        JOINED,
        GUARDED,
        SEALED
    }

    /** The run as the host tells it; nothing of it is believed yet. */
    public record Start(
            Bytes bundle,
            List<Jws> approvals,
            Jws runRequest,
            List<Jws> manifests,
            Bytes configuration,
            String checkpoint,
            Optional<ParentRole> role) {}

    /** Waits for as long as there is no run. */
    public Start start() throws HostError {
        return answer(
                door.await("start", Cbor.map().put("protocol", PROTOCOL)),
                fields -> new Start(
                        fields.octets("bundle"),
                        statements(fields, "approvals"),
                        Jws.parse(fields.text("runRequest")),
                        statements(fields, "manifests"),
                        fields.octets("configuration"),
                        fields.text("checkpoint"),
                        role(fields)));
    }

    public Jws challenge(PartyId party) throws HostError {
        var question = Cbor.map().put("party", party.value());
        return answer(door.ask("challenge", question), fields -> Jws.parse(fields.text("challenge")));
    }

    public Jws prepare(PartyId party, Bytes body) throws HostError {
        var question = Cbor.map().put("party", party.value()).put("body", body);
        return answer(door.ask("prepare", question), fields -> Jws.parse(fields.text("grant")));
    }

    public Jws commit(PartyId party, Bytes body) throws HostError {
        var question = Cbor.map().put("party", party.value()).put("body", body);
        return answer(door.ask("commit", question), fields -> Jws.parse(fields.text("release")));
    }

    /** The consistency proof from tree size {@code from} to {@code to}. */
    public List<Sha256Digest> consistency(long from, long to) throws HostError {
        var question = Cbor.map().put("from", from).put("to", to);
        return answer(door.ask("consistency", question), fields -> {
            List<Sha256Digest> proof = new ArrayList<>();
            for (var item : fields.array("proof")) {
                if (!(item instanceof Cbor.Octets(var bytes)) || bytes.size() != Sha256Digest.SIZE) {
                    throw new Malformed("a proof holds digests");
                }
                proof.add(new Sha256Digest(bytes));
            }
            return proof;
        });
    }

    /** Exactly {@code length} bytes of a dataset's ciphertext. */
    public Bytes read(DatasetId dataset, long offset, int length) throws HostError {
        var question =
                Cbor.map().put("dataset", dataset.value()).put("offset", offset).put("length", length);
        return answer(door.ask("read", question), fields -> fields.octets("data", length, length));
    }

    public void step(Step step) throws HostError {
        answer(door.ask("step", Cbor.map().put("step", step.name())), fields -> true);
    }

    public void deliver(Bytes receipt, Bytes evidence, Map<PartyId, Bytes> results) throws HostError {
        var sealed = results.entrySet().stream()
                .map(result -> (Cbor) Cbor.map()
                        .put("recipient", result.getKey().value())
                        .put("sealed", result.getValue())
                        .build())
                .toArray(Cbor[]::new);
        var question =
                Cbor.map().put("receipt", receipt).put("evidence", evidence).put("results", Cbor.array(sealed));
        answer(door.ask("deliver", question), fields -> true);
    }

    public void end(String outcome, String code) throws HostError {
        door.part("end", Cbor.map().put("outcome", outcome).put("code", code));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(CborFields fields) throws Malformed;
    }

    private static <T> T answer(CborFields fields, Reading<T> reading) throws HostError {
        try {
            var value = reading.read(fields);
            fields.end();
            return value;
        } catch (Malformed e) {
            throw new HostError(ChannelCode.CHANNEL_BROKEN, e);
        }
    }

    private static Optional<ParentRole> role(CborFields fields) throws Malformed {
        return fields.value("role") instanceof Cbor.Null
                ? Optional.empty()
                : Optional.of(ParentRole.parse(fields.text("role")));
    }

    private static List<Jws> statements(CborFields fields, String name) throws Malformed {
        List<Jws> statements = new ArrayList<>();
        for (var item : fields.array(name)) {
            if (!(item instanceof Cbor.Text(var compact))) {
                throw new Malformed(name + " holds statements");
            }
            statements.add(Jws.parse(compact));
        }
        return List.copyOf(statements);
    }
}
