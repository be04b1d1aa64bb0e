package dev.parley.web.testing;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.release.KeyBroker;
import dev.parley.web.release.ReleaseRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A room with both brokers, each on its own database. */
public final class TestRun implements AutoCloseable {
    public final TestRoom room = new TestRoom();
    public final TestBroker retailer;
    public final TestBroker publisher;
    private final TestDatabase retailerData = TestDatabase.create();
    private final TestDatabase publisherData = TestDatabase.create();
    private int version;

    public TestRun() {
        retailer = new TestBroker(room, room.sample.retailer(), retailerData.transactions());
        publisher = new TestBroker(room, room.sample.publisher(), publisherData.transactions());
    }

    /** A query that nobody asked before, on versions that both brokers hold. */
    public synchronized Wish wish() {
        return held(Wish.reach(room, ++version));
    }

    /** As {@link #wish()}, under another version of the room's policy. */
    public synchronized Wish wish(TestRoom later) {
        return held(Wish.reach(later, ++version));
    }

    public synchronized Wish exactWish() {
        return held(Wish.exact(room, ++version));
    }

    private Wish held(Wish wish) {
        wish.manifests().forEach(manifest -> at(manifest.party()).hold(manifest));
        return wish;
    }

    public TestBroker at(PartyId party) {
        return party.equals(SampleTemplates.RETAILER) ? retailer : publisher;
    }

    public KeyBroker broker(PartyId party) {
        return at(party).broker;
    }

    /** Under which keys the grants of both count. */
    public Map<PartyId, VerificationKey> brokers() {
        return Map.of(
                SampleTemplates.RETAILER,
                room.sample.retailer().broker().verificationKey(),
                SampleTemplates.PUBLISHER,
                room.sample.publisher().broker().verificationKey());
    }

    /** The retailer's answer to an enclave that is right but for {@code bend}. */
    public Jws prepare(Wish wish, TestEnclave enclave, UnaryOperator<PrepareRequest> bend) throws ReleaseRefusal {
        return broker(SampleTemplates.RETAILER).prepare(bend.apply(request(SampleTemplates.RETAILER, wish, enclave)));
    }

    public PrepareRequest request(PartyId party, Wish wish, TestEnclave enclave) throws ReleaseRefusal {
        var challenge = broker(party).challenge(wish.room().bundle.room(), wish.signed());
        return enclave.prepare(challenge, at(party).now());
    }

    /** Of both brokers. */
    public List<Jws> grants(Wish wish, TestEnclave enclave) throws ReleaseRefusal {
        List<Jws> grants = new ArrayList<>();
        for (var party : List.of(SampleTemplates.RETAILER, SampleTemplates.PUBLISHER)) {
            grants.add(broker(party).prepare(request(party, wish, enclave)));
        }
        return List.copyOf(grants);
    }

    @Override
    public void close() {
        retailerData.close();
        publisherData.close();
    }
}
