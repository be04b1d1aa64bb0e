package dev.parley.web.testing;

import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.PlanJson;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import dev.parley.protocol.sealing.DatasetManifest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A run request of the publisher with the manifests that it names; right until a test makes it wrong. */
public record Wish(TestRoom room, RunRequest request, List<DatasetManifest> manifests) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** People and spend by segment, noised, on these versions of both datasets. */
    public static Wish reach(TestRoom room, int version) {
        return of(
                room,
                SampleTemplates.reachBySegment().id(),
                Map.of(SampleTemplates.CAMPAIGN, SampleTemplates.SPRING),
                version);
    }

    /** People by region, exact. */
    public static Wish exact(TestRoom room, int version) {
        return of(room, SampleTemplates.exactReach().id(), Map.of(), version);
    }

    private static Wish of(TestRoom room, TemplateId template, Map<ColumnName, Literal> parameters, int version) {
        return of(
                room,
                template,
                parameters,
                List.of(
                        room.manifest(SampleTemplates.CUSTOMERS, version),
                        room.manifest(SampleTemplates.EXPOSURES, version)));
    }

    private static Wish of(
            TestRoom room, TemplateId template, Map<ColumnName, Literal> parameters, List<DatasetManifest> manifests) {
        try {
            var plan = room.bundle
                    .template(template)
                    .orElseThrow()
                    .bind(parameters)
                    .plan();
            var query = new RunRequest.Query(
                    template,
                    PlanJson.print(plan),
                    PlanJson.printParameters(parameters),
                    manifests.stream().map(DatasetManifest::reference).toList());
            var id = new byte[RunRequest.ID_SIZE];
            RANDOM.nextBytes(id);
            var request = new RunRequest(
                    room.bundle.room(),
                    room.bundle.digest(),
                    Bytes.takeOwnershipOf(id),
                    SampleTemplates.PUBLISHER,
                    query,
                    List.of(SampleTemplates.PUBLISHER, SampleTemplates.RETAILER),
                    validity(Duration.ofMinutes(-1), Duration.ofDays(1)));
            return new Wish(room, request, manifests);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    public static RunRequest.Validity validity(Duration from, Duration until) {
        return new RunRequest.Validity(SampleRoom.NOW.plus(from), SampleRoom.NOW.plus(until));
    }

    /** The same query as another wish: a new id. */
    public Wish again() {
        return with(Wish.reach(room, 1).request().id(), request.validity());
    }

    public Wish with(Bytes id, RunRequest.Validity validity) {
        return new Wish(
                room,
                new RunRequest(
                        request.room(),
                        request.policy(),
                        id,
                        request.party(),
                        request.query(),
                        request.recipients(),
                        validity),
                manifests);
    }

    public Wish by(PartyId runner) {
        return new Wish(
                room,
                new RunRequest(
                        request.room(),
                        request.policy(),
                        request.id(),
                        runner,
                        request.query(),
                        request.recipients(),
                        request.validity()),
                manifests);
    }

    public Wish on(List<DatasetManifest> others) {
        var query = request.query();
        return new Wish(
                room,
                new RunRequest(
                        request.room(),
                        request.policy(),
                        request.id(),
                        request.party(),
                        new RunRequest.Query(
                                query.template(),
                                query.plan(),
                                query.parameters(),
                                others.stream().map(DatasetManifest::reference).toList()),
                        request.recipients(),
                        request.validity()),
                others);
    }

    public DatasetManifest manifest(DatasetId dataset) {
        return manifests.stream()
                .filter(m -> m.dataset().equals(dataset))
                .findFirst()
                .orElseThrow();
    }

    public Jws signed() {
        return request.sign(room.party(request.party()).run());
    }
}
