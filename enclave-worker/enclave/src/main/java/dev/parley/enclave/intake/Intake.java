package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.engine.Analysis;
import dev.parley.enclave.memory.SecretMemory;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.policy.approval.Approvals;
import dev.parley.policy.approval.Standing;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.ReleaseBinding;
import dev.parley.protocol.release.RunRegisters;
import dev.parley.protocol.room.QueryDigest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes a run in: verifies it, measures it into the registers, and obtains the keys. */
public final class Intake {
    private final Host host;
    private final SecurityModule securityModule;
    private final SecureRandom random;
    private final SecretMemory memory;

    /**
     * What takes one run in.
     *
     * @param memory where released secrets rest; the caller closes it after the run
     */
    public Intake(Host host, SecurityModule securityModule, SecureRandom random, SecretMemory memory) {
        this.host = host;
        this.securityModule = securityModule;
        this.random = random;
        this.memory = memory;
    }

    /** Everything that later steps need of an admitted run. Closing it zeroes the secrets. */
    public record Admitted(
            VerifiedRun run,
            Configuration configuration,
            Measurement measurement,
            Optional<ParentRole> role,
            QueryDigest query,
            TreeHead logHead,
            ReleasedKeys keys)
            implements AutoCloseable {
        @Override
        public void close() {
            keys.close();
        }
    }

    public Admitted admit(Host.Start start) throws RunEnded, HostError, IOException, Malformed {
        var proposal = Proposal.of(start);
        host.step(Host.Step.BOOTED);
        if (!securityModule.proves(proposal.role())) {
            throw RunEnded.refused(RunEnded.Code.ROLE_UNPROVEN);
        }
        var challenges = Challenges.collect(host, proposal);
        var run = verify(proposal, challenges);
        var measurement = securityModule.measurement();
        var query = new QueryIdentity(
                        run.request().query(), measurement, run.bundle().digest())
                .digest();
        securityModule.extendAndLock(
                RunRegisters.POLICY_INDEX, run.bundle().digest().digest());
        securityModule.extendAndLock(RunRegisters.QUERY_INDEX, query.digest());
        var binding = new ReleaseBinding(
                run.request().digest(),
                recipients(run),
                proposal.configuration().json(),
                proposal.checkpoint().head());
        var keys = exchange(proposal, challenges, run, new KeyExchange.Terms(query, binding));
        return new Admitted(
                run,
                proposal.configuration(),
                measurement,
                proposal.role(),
                query,
                proposal.checkpoint().head(),
                keys);
    }

    private ReleasedKeys exchange(Proposal proposal, Challenges challenges, VerifiedRun run, KeyExchange.Terms terms)
            throws RunEnded, HostError, IOException, Malformed {
        // Now, not only at boot: an enclave that waited for its run could have been copied while it waited.
        securityModule.mixInto(random);
        try (var key = EnclaveKey.generate(random, memory)) {
            return new KeyExchange(host, securityModule, key, memory).obtain(proposal, challenges, run, terms);
        }
    }

    private static VerifiedRun verify(Proposal proposal, Challenges challenges) throws RunEnded {
        var at = challenges.time();
        requireApproved(proposal, at);
        var verdict = new RunVerifier(proposal.bundle()).verify(proposal.runRequest(), proposal.manifests(), at);
        if (!(verdict instanceof RunVerdict.Accepted(var run))) {
            throw RunEnded.refused(RunVerdict.code(verdict));
        }
        // The challenges came from the parties that the manifests claimed; now it is known who they are.
        if (!run.brokers().keySet().equals(proposal.owners())) {
            throw RunEnded.refused(RunVerdict.Reason.MANIFEST_REFUSED.name());
        }
        requireEngineCan(run);
        return run;
    }

    /** Before anyone is charged: a plan that the engine cannot run would cost a budget and give nothing. */
    private static void requireEngineCan(VerifiedRun run) throws RunEnded {
        var datasets = run.bundle().datasets().stream().collect(Collectors.toMap(Dataset::id, Function.identity()));
        var refusal = Analysis.refusal(run.query(), run.limits(), datasets);
        if (refusal.isPresent()) {
            throw RunEnded.refused(refusal.get().name());
        }
    }

    private static void requireApproved(Proposal proposal, Instant at) throws RunEnded {
        if (Approvals.activate(proposal.bundle(), proposal.approvals(), at) instanceof Standing.Inactive inactive) {
            throw RunEnded.refused(inactive.reason().name());
        }
    }

    private static List<ReleaseBinding.Recipient> recipients(VerifiedRun run) {
        return run.recipients().entrySet().stream()
                .map(recipient -> new ReleaseBinding.Recipient(
                        recipient.getKey(), recipient.getValue().thumbprint()))
                .toList();
    }
}
