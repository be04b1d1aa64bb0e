package dev.parley.cli.testing;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.WrongPassphrase;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.receipt.Receipt;
import dev.parley.protocol.receipt.ResultSeal;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.RunRegisters;
import dev.parley.protocol.release.Seed;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers a run request with figures that it was given, and proves them as an enclave would. */
public final class TestEnclave {
    private static final Optional<ParentRole> ROLE = Optional.of(ParentRole.simulated("no-dedicated-user"));

    private final Workshop workshop;
    private final Bytes result;
    /** Unlocked once: that takes longer than a test. */
    private static final Map<PartyId, SigningKey> BROKERS = new ConcurrentHashMap<>();

    private final OpeningKey enclave = OpeningKey.generate(new SecureRandom());

    private TestEnclave(Workshop workshop, Bytes result) {
        this.workshop = workshop;
        this.result = result;
    }

    public static TestEnclave of(Workshop workshop, Bytes result) throws IOException, Malformed, WrongPassphrase {
        for (var party : BROKERS.isEmpty() ? Workshop.PARTIES : List.<String>of()) {
            var locked = Files.readString(workshop.keys(party).resolve("broker.jwe"));
            var jwk = LockedKey.parse(locked.strip()).open(("a passphrase of " + party).toCharArray());
            BROKERS.put(new PartyId(party), SigningKey.importSecretJwk(jwk));
        }
        return new TestEnclave(workshop, result);
    }

    /** What came of a run. */
    public record Answer(Bytes receipt, Bytes evidence, Map<String, Bytes> sealed) {
        public Answer {
            sealed = Map.copyOf(sealed);
        }
    }

    public Answer answer(PolicyBundle bundle, Jws signed) throws BadSignature, Malformed {
        var asking = bundle.party(RunRequest.unverifiedClaim(signed).party()).orElseThrow();
        var runKey = asking.key(KeyUse.RUN, signed.signer()).orElseThrow().verificationKey();
        var request = RunRequest.read(signed, runKey);
        var measurement = TestClaims.measurement("image");
        var query = new QueryIdentity(request.query(), measurement, bundle.digest()).digest();
        var run = new Grant.Run(request.digest(), query, bundle.digest());
        var sealed = new HashMap<String, Bytes>();
        var results = new ArrayList<Receipt.SealedResult>();
        for (var recipient : request.recipients()) {
            var key = bundle.party(recipient)
                    .orElseThrow()
                    .keys(KeyUse.RECIPIENT)
                    .getFirst()
                    .sealingKey();
            var bytes = ResultSeal.seal(result, key, recipient, run);
            sealed.put(recipient.value(), bytes);
            results.add(new Receipt.SealedResult(recipient, key.thumbprint(), Sha384Digest.of(bytes)));
        }
        var receipt = new Receipt(
                new Receipt.Subject(bundle.room(), request.query().template(), run),
                measurement,
                ROLE,
                request.query().datasets(),
                Json.object().put("mode", "dp").build(),
                grants(run),
                results,
                new TreeHead(3, Sha256Digest.of(Bytes.utf8("log"))));
        return new Answer(receipt.print(), attest(receipt, run), sealed);
    }

    private Bytes attest(Receipt receipt, Grant.Run run) {
        var registers = RunRegisters.of(run.policy(), run.query());
        return workshop.platform()
                .attest(TestClaims.at(Workshop.NOW)
                        .measurement(TestClaims.measurement("image"))
                        .pcr(ParentRole.INDEX, ParentRole.register(ROLE))
                        .pcr(RunRegisters.POLICY_INDEX, registers.pcr16())
                        .pcr(RunRegisters.QUERY_INDEX, registers.pcr17())
                        .userData(receipt.binding().bytes())
                        .build())
                .document();
    }

    private List<Jws> grants(Grant.Run run) {
        var grants = new ArrayList<Jws>();
        BROKERS.forEach((party, key) -> {
            try (var seed = Seed.derive(party, party.value().getBytes(StandardCharsets.UTF_8), run.query())) {
                grants.add(new Grant(
                                party,
                                run,
                                enclave.sealingKey(),
                                seed.commitment(run.query()),
                                new Grant.Charge(500_000, List.of(new LineageId(party + "-people"))),
                                Workshop.NOW.plusSeconds(300))
                        .sign(key));
            }
        });
        return grants;
    }
}
