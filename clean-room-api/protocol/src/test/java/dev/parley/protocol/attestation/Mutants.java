package dev.parley.protocol.attestation;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Generated changes of good documents, each of which a verifier must refuse. The same seed makes the same changes. */
final class Mutants {
    private final List<Evidence> good;
    private final TestPlatform attacker;
    private final List<Signing> signings;
    private final Random random;

    /** A document that is wrong, and how it came to be. */
    record Mutant(String how, Evidence evidence) {}

    /** Who signs a changed payload, and what stands in it for that. */
    private interface Signing {
        Mutant sign(Evidence document) throws Refused;
    }

    /**
     * Of documents that are good.
     *
     * @param attacker a platform of somebody's own
     */
    Mutants(List<Evidence> good, TestPlatform attacker, long seed) {
        this.good = List.copyOf(good);
        this.attacker = attacker;
        this.random = new Random(seed);
        this.signings = new ArrayList<>(List.of(
                this::unsigned,
                this::unsigned,
                this::signature,
                this::envelope,
                this::byTheAttacker,
                this::byTheAttackersLeaf));
    }

    /** Also what a platform itself signs: payloads that are no payloads, and those of a leaf of another module. */
    Mutants signedBy(TestPlatform platform, TestPlatform otherModule) {
        signings.add(document -> {
            var mutation = any(List.of(FormMutation.values()));
            var payload = mutation.apply(random, payload(document));
            return new Mutant(mutation + " signed by the platform", signed(payload, platform::sign));
        });
        signings.add(document -> {
            var claims = Document.parse(CoseSign1.parse(document).payload()).claims();
            var theirs = new AttestationDocument(claims, otherModule.certificate(Role.LEAF), otherModule.cabundle());
            return new Mutant("signed by another module's leaf", theirs.sign(otherModule::sign));
        });
        return this;
    }

    /** As many as asked for, all different from one another and from the good ones. */
    List<Mutant> generate(int count) throws Refused {
        Set<Bytes> seen = new HashSet<>();
        good.forEach(document -> seen.add(document.document()));
        List<Mutant> mutants = new ArrayList<>();
        while (mutants.size() < count) {
            var document = good.get(random.nextInt(good.size()));
            var mutant = signings.get(mutants.size() % signings.size()).sign(document);
            if (seen.add(mutant.evidence().document())) {
                mutants.add(mutant);
            }
        }
        return mutants;
    }

    /** Changed after the signature. */
    private Mutant unsigned(Evidence document) throws Refused {
        var signature = CoseSign1.parse(document).signature();
        if (random.nextInt(3) == 0) {
            var mutation = any(List.of(FormMutation.values()));
            return new Mutant(mutation.name(), enclosed(mutation.apply(random, payload(document)), signature));
        }
        var mutation = any(List.of(ValueMutation.values()));
        var other = payload(any(good));
        return new Mutant(mutation.name(), enclosed(mutation.apply(random, payload(document), other), signature));
    }

    private Mutant signature(Evidence document) throws Refused {
        var mutation = any(List.of(SignatureMutation.values()));
        var other = CoseSign1.parse(any(good)).signature().toArray();
        var cose = CoseSign1.parse(document);
        var signature = mutation.apply(random, cose.signature().toArray(), other);
        return new Mutant("signature " + mutation, enclosed(cose.payload().toArray(), Bytes.copyOf(signature)));
    }

    private Mutant envelope(Evidence document) {
        var mutations = List.of(FormMutation.values()).stream()
                .filter(FormMutation::forEnvelopes)
                .toList();
        var mutation = any(mutations);
        var changed = mutation.apply(random, document.document().toArray());
        return new Mutant("envelope " + mutation, new Evidence(Bytes.copyOf(changed)));
    }

    /** The same claims under certificates of the attacker's, as often as not with a change besides. */
    private Mutant byTheAttacker(Evidence document) throws Refused {
        var claims = Document.parse(CoseSign1.parse(document).payload()).claims();
        var theirs = new AttestationDocument(claims, attacker.certificate(Role.LEAF), attacker.cabundle());
        return resigned("signed under another root", theirs);
    }

    /** The same, with the genuine authorities in front. */
    private Mutant byTheAttackersLeaf(Evidence document) throws Refused {
        var parsed = Document.parse(CoseSign1.parse(document).payload());
        var kept = random.nextInt(parsed.cabundle().size() + 1);
        List<Bytes> bundle = new ArrayList<>(parsed.cabundle().subList(0, kept));
        bundle.addAll(attacker.cabundle().subList(random.nextInt(4), 4));
        var theirs = new AttestationDocument(parsed.claims(), attacker.certificate(Role.LEAF), bundle);
        return resigned("signed by a leaf of another root", theirs);
    }

    private Mutant resigned(String how, AttestationDocument document) {
        var payload = document.payload().toArray();
        if (random.nextBoolean()) {
            return new Mutant(how, signed(payload, attacker::sign));
        }
        var mutation = any(List.of(ValueMutation.values()));
        var changed = mutation.apply(random, payload, payload);
        return new Mutant(mutation + " " + how, signed(changed, attacker::sign));
    }

    private static Evidence signed(byte[] payload, UnaryOperator<Bytes> signer) {
        return AttestationDocument.sign(Bytes.copyOf(payload), signer);
    }

    /** As {@link CoseSign1#encode()}, of whatever length. */
    private static Evidence enclosed(byte[] payload, Bytes signature) throws Refused {
        var header = Cbor.map().put(Cbor.of(1), Cbor.of(-35)).build().encode();
        return new Evidence(
                Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(Bytes.copyOf(payload)), Cbor.of(signature))
                        .encode());
    }

    private static byte[] payload(Evidence document) throws Refused {
        return CoseSign1.parse(document).payload().toArray();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
