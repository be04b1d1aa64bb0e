package dev.parley.enclave.intake;

import static java.util.Objects.requireNonNull;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import dev.parley.enclave.memory.PoorKernel;
import dev.parley.enclave.memory.SecretMemory;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.room.PartyId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that takes a release in as an enclave does, holds it, and waits: something to look into from outside. It
 * says its key, reads a party, its broker's key, a grant and a release, says its protection, and then does nothing more
 * than answer lines, each of which puts a secret on the heap, as a program would that did not take care.
 */
final class HoldingEnclave {
    private static final List<byte[]> PLANTED = new ArrayList<>();

    private HoldingEnclave() {}

    public static void main(String[] arguments) throws Exception {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var kernel = arguments[0].equals("poor") ? PoorKernel.without(SystemCall.MEMFD_SECRET) : Kernel.ofThisMachine();
        try (var memory = SecretMemory.open(kernel);
                var key = EnclaveKey.generate(new SecureRandom(), memory)) {
            System.out.println(key.sealingKey().point().hex());
            var party = PartyId.parse(line(in));
            var broker = VerificationKey.read(
                    Json.parseCanonical(Bytes.utf8(line(in))).asObject().fields());
            var grants = Grants.verify(List.of(Jws.parse(line(in))), Map.of(party, broker));
            try (var held = HeldSecrets.moveIn(key.open(Release.read(Jws.parse(line(in)), broker), grants), memory)) {
                System.out.println(memory.protection());
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    PLANTED.add(held.exportSeed());
                    System.out.println("planted");
                }
            }
        }
    }

    private static String line(BufferedReader in) throws Exception {
        return requireNonNull(in.readLine());
    }
}
