package dev.parley.protocol.receipt;

import static dev.parley.protocol.release.ReleaseScene.NOW;
import static dev.parley.protocol.release.ReleaseScene.PUBLISHER;
import static dev.parley.protocol.release.ReleaseScene.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.receipt.ReceiptVerdict.Reason;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.ReleaseScene;
import dev.parley.protocol.release.RunRegisters;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiptVerifierTest {
    private static final int MUTATIONS = 10_000;
    private static final Optional<ParentRole> ROLE = Optional.of(ParentRole.simulated("no-dedicated-user"));

    private final ReleaseScene scene = new ReleaseScene();
    private final TestPlatform platform = TestPlatform.at(NOW);
    private final OpeningKey recipient = OpeningKey.generate(new SecureRandom());
    private final Bytes result = Bytes.utf8("{\"parley\":\"result/1\"}");
    private final Bytes sealed = ResultSeal.seal(result, recipient.sealingKey(), RETAILER, scene.run);
    private final Receipt receipt = receipt(scene.run);
    private final ReceiptVerifier verifier = new ReceiptVerifier(TrustRoots.of(platform.root()));

    private Receipt receipt(Grant.Run run) {
        return receipt(run, ROLE);
    }

    private Receipt receipt(Grant.Run run, Optional<ParentRole> role) {
        return new Receipt(
                new Receipt.Subject(new RoomId("retail-media"), new TemplateId("reach"), run),
                TestClaims.measurement("image"),
                role,
                scene.query.datasets(),
                Json.object().put("mode", "dp").build(),
                scene.grants(),
                List.of(new Receipt.SealedResult(
                        RETAILER, recipient.sealingKey().thumbprint(), Sha384Digest.of(sealed))),
                new TreeHead(3, Sha256Digest.of(Bytes.utf8("root"))));
    }

    private Evidence attest(Receipt attested, Grant.Run registers) {
        var pcrs = RunRegisters.of(registers.policy(), registers.query());
        return platform.attest(TestClaims.at(NOW)
                .measurement(TestClaims.measurement("image"))
                .pcr(ParentRole.INDEX, ParentRole.register(ROLE))
                .pcr(RunRegisters.POLICY_INDEX, pcrs.pcr16())
                .pcr(RunRegisters.QUERY_INDEX, pcrs.pcr17())
                .userData(attested.binding().bytes())
                .build());
    }

    private ReceiptTerms terms(PolicyDigest policy, RunRequest.Query query) {
        return new ReceiptTerms(
                policy,
                query,
                scene.brokerKeys(),
                enclave -> enclave.rootFingerprint().equals(platform.root().fingerprint()));
    }

    private ReceiptTerms terms() {
        return terms(scene.policy, scene.query);
    }

    private Reason refusal(ReceiptVerdict verdict) {
        assertThat(verdict).isInstanceOf(ReceiptVerdict.Rejected.class);
        return ((ReceiptVerdict.Rejected) verdict).reason();
    }

    private VerifiedReceipt verified() {
        var verdict = verifier.verify(receipt.print(), attest(receipt, scene.run), terms());
        assertThat(verdict).isInstanceOf(ReceiptVerdict.Verified.class);
        return ((ReceiptVerdict.Verified) verdict).receipt();
    }

    @Test
    void aResultOpensThroughItsVerifiedReceiptOnly() throws Exception {
        assertThat(ResultSeal.open(sealed, verified(), RETAILER, recipient)).isEqualTo(result);
        assertThatThrownBy(() -> ResultSeal.open(sealed, verified(), PUBLISHER, recipient))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> ResultSeal.open(sealed, verified(), RETAILER, OpeningKey.generate(new SecureRandom())))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void resultsOfManySizesHaveFewLengths() {
        var small = ResultSeal.seal(Bytes.utf8("x"), recipient.sealingKey(), RETAILER, scene.run);
        var larger = ResultSeal.seal(Bytes.utf8("x".repeat(4000)), recipient.sealingKey(), RETAILER, scene.run);

        assertThat(small.size()).isEqualTo(larger.size());
    }

    @Test
    void refusesEvidenceOfAnotherRoot() {
        var other = new ReceiptVerifier(TrustRoots.awsNitro());

        assertThat(refusal(other.verify(receipt.print(), attest(receipt, scene.run), terms())))
                .isEqualTo(Reason.RECEIPT_EVIDENCE_REFUSED);
    }

    @Test
    void refusesEvidenceThatAttestsAnotherReceipt() {
        var other =
                receipt(new Grant.Run(Sha384Digest.of(Bytes.utf8("another request")), scene.queryDigest, scene.policy));

        assertThat(refusal(verifier.verify(receipt.print(), attest(other, scene.run), terms())))
                .isEqualTo(Reason.RECEIPT_NOT_BOUND);
    }

    @Test
    void refusesAnotherPolicyAndAnotherQuery() {
        var otherPolicy = new PolicyDigest(Sha384Digest.of(Bytes.utf8("another policy")));
        var otherQuery = new RunRequest.Query(
                new TemplateId("reach"),
                Json.object().put("parley", "plan/2").put("limit", 1).build(),
                scene.query.parameters(),
                scene.query.datasets());
        var evidence = attest(receipt, scene.run);

        assertThat(refusal(verifier.verify(receipt.print(), evidence, terms(otherPolicy, scene.query))))
                .isEqualTo(Reason.RECEIPT_OTHER_POLICY);
        assertThat(refusal(verifier.verify(receipt.print(), evidence, terms(scene.policy, otherQuery))))
                .isEqualTo(Reason.RECEIPT_OTHER_QUERY);
    }

    @Test
    void refusesRegistersThatWereExtendedByOtherDigests() {
        var otherQuery = new QueryDigest(Sha384Digest.of(Bytes.utf8("another query")));
        var otherPolicy = new PolicyDigest(Sha384Digest.of(Bytes.utf8("another policy")));
        var request = scene.run.runRequest();

        assertThat(refusal(verifier.verify(
                        receipt.print(), attest(receipt, new Grant.Run(request, otherQuery, scene.policy)), terms())))
                .isEqualTo(Reason.RECEIPT_OTHER_QUERY);
        assertThat(refusal(verifier.verify(
                        receipt.print(),
                        attest(receipt, new Grant.Run(request, scene.queryDigest, otherPolicy)),
                        terms())))
                .isEqualTo(Reason.RECEIPT_OTHER_POLICY);
    }

    @Test
    void refusesAMeasurementThatTheReferenceValuesDoNotAccept() {
        var strict = new ReceiptTerms(scene.policy, scene.query, scene.brokerKeys(), enclave -> false);

        assertThat(refusal(verifier.verify(receipt.print(), attest(receipt, scene.run), strict)))
                .isEqualTo(Reason.RECEIPT_MEASUREMENT_NOT_ACCEPTED);
    }

    /** As a host would like the receipt of a weaker platform to read. */
    @Test
    void refusesARoleThatTheEvidenceDoesNotProve() {
        for (var role : List.<Optional<ParentRole>>of(
                Optional.of(ParentRole.simulated("full")),
                Optional.of(ParentRole.simulated("no-dedicated-user+")),
                Optional.empty())) {
            var better = receipt(scene.run, role);

            assertThat(refusal(verifier.verify(better.print(), attest(better, scene.run), terms())))
                    .isEqualTo(Reason.RECEIPT_ROLE_UNPROVEN);
        }
    }

    @Test
    void saysWhichIsolationTheRoleProves() {
        var role = verified().receipt().role().orElseThrow();

        assertThat(role.isolation()).contains("no-dedicated-user");
        assertThat(role.fullyIsolated()).isFalse();
        assertThat(ParentRole.simulated("full").fullyIsolated()).isTrue();
        assertThat(new ParentRole("arn:aws:iam::123456789012:role/host").isolation())
                .isEmpty();
        assertThatThrownBy(() -> ParentRole.parse("")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> ParentRole.parse("a role")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> ParentRole.parse("r\u00f4le")).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesGrantsOfOtherBrokers() {
        var others = new ReceiptTerms(scene.policy, scene.query, new ReleaseScene().brokerKeys(), enclave -> true);

        assertThat(refusal(verifier.verify(receipt.print(), attest(receipt, scene.run), others)))
                .isEqualTo(Reason.RECEIPT_GRANTS_REFUSED);
    }

    @Test
    void everySingleByteChangeToAReceiptIsRefused() {
        var evidence = attest(receipt, scene.run);
        var random = new Random(3);
        var refused = 0;

        for (var i = 0; i < MUTATIONS; i++) {
            var verdict = verifier.verify(mutate(receipt.print(), random), evidence, terms());
            refused += verdict instanceof ReceiptVerdict.Rejected ? 1 : 0;
        }

        assertThat(refused).isEqualTo(MUTATIONS);
        assertThat(verified().receipt()).isEqualTo(receipt);
    }

    @Test
    void everySingleByteChangeToAResultIsRefused() throws Exception {
        var verifiedReceipt = verified();
        var random = new Random(4);
        var refused = 0;

        for (var i = 0; i < MUTATIONS; i++) {
            var mutant = mutate(sealed, random);
            refused += opens(mutant, verifiedReceipt) ? 0 : 1;
        }

        assertThat(refused).isEqualTo(MUTATIONS);
        assertThat(opens(sealed, verifiedReceipt)).isTrue();
    }

    private boolean opens(Bytes ciphertext, VerifiedReceipt verifiedReceipt) {
        try {
            return ResultSeal.open(ciphertext, verifiedReceipt, RETAILER, recipient)
                    .equals(result);
        } catch (Malformed e) {
            return false;
        }
    }

    private static Bytes mutate(Bytes bytes, Random random) {
        var array = bytes.toArray();
        array[random.nextInt(array.length)] ^= (byte) (1 + random.nextInt(255));
        return Bytes.takeOwnershipOf(array);
    }
}
