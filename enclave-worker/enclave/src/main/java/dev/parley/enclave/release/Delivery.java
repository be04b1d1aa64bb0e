package dev.parley.enclave.release;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.intake.Intake.Admitted;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.receipt.Receipt;
import dev.parley.protocol.receipt.ResultSeal;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.PartyId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A result sealed to its recipients with its attested receipt: all that may leave, and nothing that anyone else can open. */
public final class Delivery {
    private final Bytes receipt;
    private final Evidence evidence;
    private final Map<PartyId, Bytes> sealed;

    private Delivery(Bytes receipt, Evidence evidence, Map<PartyId, Bytes> sealed) {
        this.receipt = receipt;
        this.evidence = evidence;
        this.sealed = sealed;
    }

    /**
     * Seals, and has the receipt attested.
     *
     * @param result the canonical bytes of the released result
     */
    public static Delivery of(Bytes result, Admitted admitted, SecurityModule securityModule)
            throws IOException, Malformed {
        var run = admitted.run();
        var described = new Grant.Run(
                run.request().digest(), admitted.query(), run.bundle().digest());
        Map<PartyId, Bytes> sealed = new LinkedHashMap<>();
        List<Receipt.SealedResult> named = new ArrayList<>();
        run.recipients().forEach((party, key) -> {
            var ciphertext = ResultSeal.seal(result, key, party, described);
            sealed.put(party, ciphertext);
            named.add(new Receipt.SealedResult(party, key.thumbprint(), Sha384Digest.of(ciphertext)));
        });
        var receipt = receipt(admitted, described, named);
        var evidence = securityModule.attest(Optional.empty(), receipt.binding().bytes(), Optional.empty());
        return new Delivery(receipt.print(), evidence, sealed);
    }

    public void handOver(Host host) throws HostError {
        host.deliver(receipt, evidence.document(), sealed);
    }

    private static Receipt receipt(Admitted admitted, Grant.Run described, List<Receipt.SealedResult> results) {
        var request = admitted.run().request();
        return new Receipt(
                new Receipt.Subject(request.room(), request.query().template(), described),
                admitted.measurement(),
                admitted.role(),
                request.query().datasets(),
                admitted.run().limits().json(),
                admitted.keys().grants(),
                results,
                admitted.logHead());
    }
}
