package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.intake.RunEnded.Code;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The challenges of all brokers concerned, verified by the rules of {@code key-release.md} §4. */
final class Challenges {
    private static final Duration MAX_SPREAD = Duration.ofMinutes(2);

    private final Map<PartyId, Challenge> byParty;

    private Challenges(Map<PartyId, Challenge> byParty) {
        this.byParty = byParty;
    }

    static Challenges collect(Host host, Proposal proposal) throws RunEnded, HostError {
        var runRequest = digest(proposal.runRequest());
        Map<PartyId, Challenge> byParty = new LinkedHashMap<>();
        for (var party : proposal.owners()) {
            var challenge = read(host.challenge(party), proposal.bundle(), party);
            requireSubject(
                    challenge, new Challenge.Subject(party, proposal.bundle().room(), runRequest));
            requireNewest(challenge, proposal.bundle());
            byParty.put(party, challenge);
        }
        var challenges = new Challenges(byParty);
        if (Duration.between(challenges.earliest(), challenges.time()).compareTo(MAX_SPREAD) > 0) {
            throw RunEnded.failed(Code.CHALLENGES_TOO_FAR_APART);
        }
        requireNotRevoked(byParty.values(), proposal.bundle());
        return challenges;
    }

    /** The latest instant that a broker signed: the enclave's only clock. */
    Instant time() {
        return byParty.values().stream()
                .map(Challenge::issuedAt)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private Instant earliest() {
        return byParty.values().stream()
                .map(Challenge::issuedAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    Map<PartyId, Challenge> byParty() {
        return byParty;
    }

    private static Challenge read(Jws signed, PolicyBundle bundle, PartyId party) throws RunEnded {
        try {
            var key = bundle.party(party)
                    .flatMap(p -> p.key(KeyUse.BROKER, signed.signer()))
                    .orElseThrow(() -> RunEnded.refused(Code.CHALLENGE_REFUSED));
            return Challenge.read(signed, key.verificationKey());
        } catch (BadSignature | Malformed e) {
            throw RunEnded.refused(Code.CHALLENGE_REFUSED);
        }
    }

    /** Of the payload: the request's signature is verified later, at the time that the challenges tell. */
    private static Sha384Digest digest(Jws runRequest) throws RunEnded {
        try {
            return Sha384Digest.of(Json.parseCanonical(runRequest.unverifiedPayload()));
        } catch (Malformed e) {
            throw RunEnded.refused(Code.MALFORMED_START);
        }
    }

    private static void requireSubject(Challenge challenge, Challenge.Subject expected) throws RunEnded {
        if (!challenge.subject().equals(expected)) {
            throw RunEnded.refused(Code.CHALLENGE_REFUSED);
        }
    }

    private static void requireNewest(Challenge challenge, PolicyBundle bundle) throws RunEnded {
        if (challenge.newest().version() != bundle.version()
                || !challenge.newest().digest().equals(bundle.digest())) {
            throw RunEnded.refused(Code.POLICY_NOT_NEWEST);
        }
    }

    private static void requireNotRevoked(Collection<Challenge> challenges, PolicyBundle bundle) throws RunEnded {
        Set<Thumbprint> revoked = challenges.stream()
                .flatMap(challenge -> challenge.revoked().stream())
                .collect(Collectors.toSet());
        // With a root key goes everything that it endorsed.
        var inUse = bundle.parties().stream()
                .flatMap(party -> Stream.concat(
                        Stream.of(party.rootKey().thumbprint()),
                        party.keys().stream().map(PartyKey::thumbprint)));
        if (inUse.anyMatch(revoked::contains)) {
            throw RunEnded.refused(Code.KEY_REVOKED);
        }
    }
}
