package dev.parley.server.testing;

import dev.parley.policy.bundle.LogIdentity;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.plan.PlanJson;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.wire.LogKeyView;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A sample room under a name of its own, as tests share one database. */
public record TestRoom(SampleRoom sample, PolicyBundle bundle) {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SampleRoom SAMPLE = SampleRoom.create(RANDOM);
    private static @Nullable PolicyBundle template;
    private static @Nullable TestRoom shared;

    public static TestRoom unpublished() {
        return new TestRoom(SAMPLE, named(template(), new RoomId("room-" + COUNT.incrementAndGet())));
    }

    /** Made once: to make a party is to sign and verify all its endorsements. */
    private static synchronized PolicyBundle template() {
        if (template == null) {
            var key = Api.anonymous().get("/v1/log/key").read(LogKeyView::read);
            try {
                var log = new LogIdentity(key.origin(), Bytes.parseBase64Url(key.publicKey()));
                template = SAMPLE.bundle(SAMPLE.bundle().referenceValues(), log);
            } catch (Malformed e) {
                throw new AssertionError(e);
            }
        }
        return template;
    }

    /** One room with both datasets for all tests that deliver nothing in it. */
    public static synchronized TestRoom sharedWithData() {
        if (shared == null) {
            shared = withData();
        }
        return shared;
    }

    /** Published and approved by everyone. */
    public static TestRoom active() {
        var room = unpublished();
        room.activate();
        return room;
    }

    public void activate() {
        expect(201, retailer().post(path() + "/policies", Api.JSON, bundle.canonical()));
        for (var approval : sample.approvals(bundle)) {
            expect(201, approve(approval));
        }
    }

    /** Sends an approval as the party whose key signed it. */
    public Api.Answer approve(Jws approval) {
        var party = bundle.parties().stream()
                .filter(p -> p.keys().stream().anyMatch(k -> k.thumbprint().equals(approval.signer())))
                .findFirst()
                .orElseThrow();
        return Api.as(Token.of(party.id().value()))
                .post(path() + "/policies/" + bundle.version() + "/approvals", Api.JOSE, approval.compact());
    }

    /** Active, with both datasets uploaded. */
    public static TestRoom withData() {
        var room = active();
        room.upload(SealedSample.customers(room));
        room.upload(SealedSample.exposures(room));
        return room;
    }

    public void upload(SealedSample sealed) {
        expect(201, sealed.announce());
        expect(204, sealed.append(sealed.begin(), 0, sealed.ciphertext()));
    }

    public static void expect(int status, Api.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", got " + answer.status() + ": " + answer.text());
        }
    }

    public String id() {
        return bundle.room().value();
    }

    public String path() {
        return "/v1/rooms/" + id();
    }

    public Api retailer() {
        return Api.as(Token.of(SampleTemplates.RETAILER.value()));
    }

    public Api publisher() {
        return Api.as(Token.of(SampleTemplates.PUBLISHER.value()));
    }

    public static Api stranger() {
        return Api.as(Token.of("stranger"));
    }

    public SampleParty party(PartyId id) {
        return sample.parties().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The next version, which differs in its purpose alone. */
    public TestRoom next(String purpose) {
        return new TestRoom(
                sample,
                new PolicyBundle(
                        bundle.room(),
                        bundle.name(),
                        purpose,
                        bundle.version() + 1,
                        Optional.of(bundle.digest()),
                        bundle.validFrom(),
                        bundle.validUntil(),
                        bundle.referenceValues(),
                        bundle.log(),
                        bundle.parties(),
                        bundle.datasets(),
                        bundle.privacy(),
                        bundle.templates()));
    }

    /** A signed request of the publisher for the sample template, on the newest versions. */
    public Jws request(Instant now) {
        return request(now, wanted());
    }

    public Jws request(Instant now, List<DatasetVersion> datasets) {
        var id = new byte[RunRequest.ID_SIZE];
        RANDOM.nextBytes(id);
        var query = sample.request();
        return new RunRequest(
                        bundle.room(),
                        bundle.digest(),
                        Bytes.takeOwnershipOf(id),
                        query.runner(),
                        new RunRequest.Query(
                                query.template(),
                                PlanJson.print(query.plan()),
                                PlanJson.printParameters(query.parameters()),
                                datasets),
                        query.recipients(),
                        new RunRequest.Validity(now.minusSeconds(1), now.plus(Duration.ofMinutes(10))))
                .sign(sample.publisher().run());
    }

    private List<DatasetVersion> wanted() {
        List<DatasetVersion> wanted = new ArrayList<>();
        for (var sealed : List.of(SealedSample.customers(this), SealedSample.exposures(this))) {
            wanted.add(sealed.manifest().reference());
        }
        return wanted;
    }

    private static PolicyBundle named(PolicyBundle bundle, RoomId room) {
        return new PolicyBundle(
                room,
                bundle.name(),
                bundle.purpose(),
                bundle.version(),
                bundle.previous(),
                bundle.validFrom(),
                bundle.validUntil(),
                bundle.referenceValues(),
                bundle.log(),
                bundle.parties(),
                bundle.datasets(),
                bundle.privacy(),
                bundle.templates());
    }
}
