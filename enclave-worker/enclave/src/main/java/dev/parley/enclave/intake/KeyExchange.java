package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.intake.RunEnded.Code;
import dev.parley.enclave.memory.SecretMemory;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.release.ReleaseBinding;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.QueryDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The enclave's side of prepare and commit ({@code key-release.md} §§6–8), with a key made for this run alone. */
final class KeyExchange {
    private final Host host;
    private final SecurityModule securityModule;
    private final EnclaveKey key;
    private final SecretMemory memory;

    KeyExchange(Host host, SecurityModule securityModule, EnclaveKey key, SecretMemory memory) {
        this.host = host;
        this.securityModule = securityModule;
        this.key = key;
        this.memory = memory;
    }

    /** What the evidence is bound to. */
    record Terms(QueryDigest query, ReleaseBinding binding) {}

    ReleasedKeys obtain(Proposal proposal, Challenges challenges, VerifiedRun run, Terms terms)
            throws RunEnded, HostError, IOException, Malformed {
        List<PrepareRequest> requests = new ArrayList<>();
        for (var challenge : challenges.byParty().values()) {
            var evidence = attest(challenge, terms.binding());
            requests.add(new PrepareRequest(
                    evidence.document(),
                    proposal.runRequest(),
                    proposal.policy(),
                    proposal.manifests(),
                    proposal.configuration().json(),
                    logView(proposal, challenge)));
        }
        host.step(Host.Step.ATTESTED);
        var granted = prepare(List.copyOf(challenges.byParty().keySet()), requests);
        var grants = verify(granted, run, terms.query());
        host.step(Host.Step.GRANTED);
        return commit(granted, grants, run);
    }

    private Evidence attest(Challenge challenge, ReleaseBinding binding) throws IOException, Malformed {
        return securityModule.attest(
                Optional.of(key.sealingKey().point()), binding.digest().bytes(), Optional.of(challenge.nonce()));
    }

    private PrepareRequest.LogView logView(Proposal proposal, Challenge challenge) throws HostError {
        var head = proposal.checkpoint().head();
        List<Sha256Digest> proof = List.of();
        if (challenge.lastSeen().isPresent() && challenge.lastSeen().get().size() < head.size()) {
            proof = host.consistency(challenge.lastSeen().get().size(), head.size());
        }
        return new PrepareRequest.LogView(proposal.checkpoint().note(), proof);
    }

    private List<Jws> prepare(List<PartyId> parties, List<PrepareRequest> requests) throws HostError {
        List<Jws> granted = new ArrayList<>();
        for (var i = 0; i < parties.size(); i++) {
            granted.add(host.prepare(parties.get(i), requests.get(i).print()));
        }
        return granted;
    }

    private Grants verify(List<Jws> granted, VerifiedRun run, QueryDigest query) throws RunEnded {
        try {
            var grants = Grants.verify(granted, run.brokers());
            var expected =
                    new Grant.Run(run.request().digest(), query, run.bundle().digest());
            if (grants.run().equals(expected) && grants.enclaveKey().equals(key.sealingKey())) {
                return grants;
            }
        } catch (BadSignature | Malformed e) {
            throw RunEnded.refused(Code.GRANTS_REFUSED);
        }
        throw RunEnded.refused(Code.GRANTS_REFUSED);
    }

    /** On every way out but the last, what was released so far is zeroed. */
    private ReleasedKeys commit(List<Jws> granted, Grants grants, VerifiedRun run)
            throws RunEnded, HostError, IOException {
        var body = new CommitRequest(granted).print();
        Map<PartyId, HeldSecrets> secrets = new LinkedHashMap<>();
        var complete = false;
        try {
            for (var broker : run.brokers().entrySet()) {
                var release = Release.read(host.commit(broker.getKey(), body), broker.getValue());
                if (!release.party().equals(broker.getKey())) {
                    throw RunEnded.refused(Code.RELEASE_REFUSED);
                }
                secrets.put(broker.getKey(), HeldSecrets.moveIn(key.open(release, grants), memory));
            }
            host.step(Host.Step.KEYS_RELEASED);
            complete = true;
            return new ReleasedKeys(granted, secrets);
        } catch (BadSignature | Malformed e) {
            throw RunEnded.refused(Code.RELEASE_REFUSED);
        } finally {
            if (!complete) {
                secrets.values().forEach(HeldSecrets::close);
            }
        }
    }
}
