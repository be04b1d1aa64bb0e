package dev.parley.policy.sample;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.LogIdentity;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.query.QueryRequest;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.RoomId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Retailer and publisher, with the datasets and templates of {@link SampleTemplates}. */
public record SampleRoom(SampleParty retailer, SampleParty publisher) {
    public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    public static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    public static SampleRoom create(SecureRandom random) {
        return new SampleRoom(SampleParty.create("retailer", random), SampleParty.create("publisher", random));
    }

    public List<SampleParty> parties() {
        return List.of(retailer, publisher);
    }

    /** Version 1, accepting a measurement that no image has. */
    public PolicyBundle bundle() {
        var unmeasured = Sha384Digest.of(Bytes.utf8("an image"));
        return bundle(
                new ReferenceValues(
                        TrustDomain.SIMULATED,
                        Sha256Digest.of(Bytes.utf8("a root")),
                        List.of(new AcceptedMeasurement(unmeasured, unmeasured, unmeasured, UNTIL))),
                new LogIdentity("log.example/parley", Bytes.copyOf(new byte[32])));
    }

    public PolicyBundle bundle(ReferenceValues referenceValues, LogIdentity log) {
        return new PolicyBundle(
                new RoomId("retail-media"),
                "Retail media",
                "Measure how campaigns reach the retailer's segments",
                1,
                Optional.empty(),
                FROM,
                UNTIL,
                referenceValues,
                log,
                parties().stream().map(SampleParty::party).toList(),
                List.of(SampleTemplates.customers(), SampleTemplates.exposures()),
                List.of(SampleTemplates.retailerLimits(), SampleTemplates.publisherLimits()),
                List.of(SampleTemplates.reachBySegment(), SampleTemplates.exactReach(), SampleTemplates.totals()));
    }

    /** Every party's full quorum, valid as long as the bundle. */
    public List<Jws> approvals(PolicyBundle bundle) {
        var approvals = new ArrayList<Jws>();
        for (var party : parties()) {
            approvals.add(approval(bundle, party, "compliance", party.compliance()));
            approvals.add(approval(bundle, party, "legal", party.legal()));
        }
        return List.copyOf(approvals);
    }

    public static Jws approval(PolicyBundle bundle, SampleParty party, String role, SigningKey key) {
        return new Approval(
                        bundle.room(),
                        bundle.version(),
                        bundle.previous(),
                        bundle.digest(),
                        party.id(),
                        role,
                        bundle.validUntil())
                .sign(key);
    }

    /** An allowed request for {@link SampleTemplates#reachBySegment}. */
    public QueryRequest request() {
        var template = SampleTemplates.reachBySegment();
        var parameters = Map.of(SampleTemplates.CAMPAIGN, SampleTemplates.SPRING);
        return new QueryRequest(
                template.id(),
                bind(template, parameters),
                parameters,
                publisher.id(),
                List.of(publisher.id(), retailer.id()),
                NOW);
    }

    private static Plan bind(Template template, Map<ColumnName, Literal> parameters) {
        try {
            return template.bind(parameters).plan();
        } catch (Malformed e) {
            throw new AssertionError("the sample's parameters fit", e);
        }
    }
}
