package dev.parley.enclave.intake;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.intake.RunEnded.Code;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogKey;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.sealing.DatasetManifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the host handed in, well-formed but for the most part not yet believed.
 *
 * @param bundleBytes the canonical bytes whose digest is the policy digest
 * @param checkpoint verified under the log key of the bundle
 * @param role of the parent instance; {@link Intake} has it proven
 * @param owners the parties that the manifests claim to be of; {@link Intake} confirms them
 */
record Proposal(
        PolicyBundle bundle,
        Bytes bundleBytes,
        List<Jws> approvals,
        Jws runRequest,
        List<Jws> manifests,
        Configuration configuration,
        Checkpoint checkpoint,
        Optional<ParentRole> role,
        Set<PartyId> owners) {

    static Proposal of(Host.Start start) throws RunEnded {
        try {
            var bundle = PolicyBundle.parse(start.bundle());
            var logKey = LogKey.parse(bundle.log().origin(), bundle.log().ed25519PublicKey());
            Set<PartyId> owners = new LinkedHashSet<>();
            for (var manifest : start.manifests()) {
                owners.add(DatasetManifest.unverifiedClaim(manifest).party());
            }
            // Without a party whose data is used there is nobody to tell the time or to refuse.
            if (owners.isEmpty()) {
                throw RunEnded.refused(Code.MALFORMED_START);
            }
            return new Proposal(
                    bundle,
                    start.bundle(),
                    start.approvals(),
                    start.runRequest(),
                    start.manifests(),
                    Configuration.parse(start.configuration()),
                    Checkpoint.verify(start.checkpoint(), logKey),
                    start.role(),
                    owners);
        } catch (Malformed e) {
            throw RunEnded.refused(Code.MALFORMED_START);
        } catch (BadSignature e) {
            throw RunEnded.refused(Code.LOG_CHECKPOINT_REFUSED);
        }
    }

    PrepareRequest.Policy policy() {
        return new PrepareRequest.Policy(bundleBytes, approvals);
    }
}
