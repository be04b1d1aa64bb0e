package dev.parley.simulator.hypervisor;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.simulator.pki.Authorities;
import dev.parley.simulator.sandbox.Sandbox;
import dev.parley.simulator.securitymodule.EvidenceForm;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The machine that enclaves are launched on.
 *
 * @param doors an existing folder that every user may pass through
 */
public record Platform(Sandbox sandbox, Identity identity, Path doors, SecureRandom random, InstantSource clock) {
    /**
     * Who vouches for enclaves here.
     *
     * @param instanceId what PCR4 is made of
     * @param form how evidence is written here
     */
    public record Identity(TrustRoot root, Authorities authorities, String instanceId, EvidenceForm form) {
        public Identity {
            requireNonNull(root);
            requireNonNull(authorities);
            requireNonNull(instanceId);
            requireNonNull(form);
        }
    }

    public Platform {
        requireNonNull(sandbox);
        requireNonNull(identity);
        requireNonNull(doors);
        requireNonNull(random);
        requireNonNull(clock);
    }

    /** What PCR3 is made of. */
    ParentRole role() {
        return ParentRole.simulated(sandbox.isolation().level());
    }
}
