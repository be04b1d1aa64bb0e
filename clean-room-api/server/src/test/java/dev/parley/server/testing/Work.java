package dev.parley.server.testing;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.receipt.Receipt;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import dev.parley.protocol.wire.ClaimRequest;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunClaim;
import dev.parley.protocol.wire.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host at work: claims runs until it has the one that a test submitted, as tests share one queue. */
public record Work(RunClaim claim) {
    private static final Api HOST = Api.as(Token.host());

    /** Claims {@code run}; whatever waited before it is ended as refused. */
    public static Work on(String run) {
        for (var next = next(); next.isPresent(); next = next()) {
            if (next.get().claim().run().equals(run)) {
                return next.get();
            }
            TestRoom.expect(200, next.get().end(new OutcomeReport.Refused("NOT_OF_THIS_TEST")));
        }
        throw new AssertionError("run " + run + " does not wait");
    }

    public static Optional<Work> next() {
        var answer = HOST.post("/v1/host/claims", new ClaimRequest("test-host"));
        return answer.status() == 204 ? Optional.empty() : Optional.of(new Work(answer.read(RunClaim::read)));
    }

    public String path() {
        return "/v1/host/claims/" + claim.lease();
    }

    public Api.Answer step(String step, @Nullable String party, @Nullable String digest) {
        return HOST.post(path() + "/steps", new StepReport(claim.fencingToken(), step, party, digest));
    }

    public Api.Answer end(OutcomeReport.Outcome outcome) {
        return end(outcome, claim.fencingToken());
    }

    public Api.Answer end(OutcomeReport.Outcome outcome, long fencingToken) {
        return HOST.put(path() + "/outcome", new OutcomeReport(fencingToken, outcome, "test sandbox"));
    }

    /** A receipt that names these results, of this run. */
    public OutcomeReport.Delivered delivered(String... recipients) {
        List<OutcomeReport.Result> results = new ArrayList<>();
        List<Receipt.SealedResult> sealed = new ArrayList<>();
        for (var recipient : recipients) {
            var ciphertext = Bytes.utf8("sealed to " + recipient + " in " + claim.run());
            results.add(new OutcomeReport.Result(recipient, ciphertext.base64Url()));
            sealed.add(
                    new Receipt.SealedResult(new PartyId(recipient), request().signer(), Sha384Digest.of(ciphertext)));
        }
        return new OutcomeReport.Delivered(
                receipt(sealed).print().base64Url(), Bytes.utf8("evidence").base64Url(), results);
    }

    private Receipt receipt(List<Receipt.SealedResult> results) {
        try {
            var request = request();
            var payload = Json.parseCanonical(request.unverifiedPayload());
            var said = RunRequest.unverifiedClaim(request);
            var any = Sha384Digest.of(Bytes.utf8("any"));
            var run = new Grant.Run(Sha384Digest.of(payload), new QueryDigest(any), said.policy());
            return new Receipt(
                    new Receipt.Subject(said.room(), new TemplateId("reach-by-segment"), run),
                    new Measurement(any, any, any),
                    Optional.empty(),
                    List.of(),
                    Json.object().build(),
                    List.of(),
                    results,
                    new TreeHead(1, Sha256Digest.of(Bytes.utf8("any"))));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private Jws request() {
        try {
            return Jws.parse(claim.runRequest());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
