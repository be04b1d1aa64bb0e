package dev.parley.web.budget;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.TemplateId;
import java.util.List;
import java.util.Map;

/**
 * A grant and what the broker must still know of it when all grants come back.
 *
 * @param datasets this party's dataset versions, whose keys the commit releases
 * @param brokers the broker key of each party whose data is used
 */
public record Reservation(
        Grant grant,
        Subject subject,
        List<DatasetVersion> datasets,
        Map<PartyId, VerificationKey> brokers,
        Terms terms) {
    public Reservation {
        requireNonNull(grant);
        requireNonNull(subject);
        requireNonNull(terms);
        datasets = List.copyOf(datasets);
        brokers = Map.copyOf(brokers);
    }

    /** Who asked for what, in which room. */
    public record Subject(RoomId room, TemplateId template, PartyId runner, Bytes requestId) {
        public Subject {
            requireNonNull(room);
            requireNonNull(template);
            requireNonNull(runner);
            requireNonNull(requestId);
        }
    }

    public static Reservation of(Grant grant, VerifiedRun run) {
        var own = run.manifests().stream()
                .filter(manifest -> manifest.party().equals(grant.party()))
                .map(manifest -> manifest.reference())
                .toList();
        var request = run.request();
        var subject = new Subject(request.room(), request.query().template(), request.party(), request.id());
        var terms = Terms.of(run.limits(), grant.charge().lineages());
        return new Reservation(grant, subject, own, run.brokers(), terms);
    }

    public RoomId room() {
        return subject.room();
    }

    /** Names the grant. */
    public Sha384Digest id() {
        return Sha384Digest.of(grant.json());
    }

    QueryDigest query() {
        return grant.run().query();
    }
}
