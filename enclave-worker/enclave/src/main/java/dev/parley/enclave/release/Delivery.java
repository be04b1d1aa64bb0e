package dev.parley.enclave.release;

import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.intake.Intake.Admitted;
import dev.parley.enclave.securitymodule.SecurityModule;
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

/** Seals a result to its recipients, has its receipt attested, and hands both to the host. */
public final class Delivery {
    private final Host host;
    private final SecurityModule securityModule;

    public Delivery(Host host, SecurityModule securityModule) {
        this.host = host;
        this.securityModule = securityModule;
    }

    /**
     * Delivers at the next slot.
     *
     * @param result the canonical bytes of the released result
     */
    public void deliver(Bytes result, Admitted admitted, Slots slots)
            throws HostError, IOException, Malformed, InterruptedException {
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
        slots.awaitNext();
        host.step(Host.Step.SEALED);
        host.deliver(receipt.print(), evidence.document(), sealed);
    }

    private static Receipt receipt(Admitted admitted, Grant.Run described, List<Receipt.SealedResult> results) {
        var request = admitted.run().request();
        return new Receipt(
                new Receipt.Subject(request.room(), request.query().template(), described),
                admitted.measurement(),
                request.query().datasets(),
                admitted.run().limits().json(),
                admitted.keys().grants(),
                results,
                admitted.logHead());
    }
}
