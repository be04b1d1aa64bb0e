package dev.parley.protocol.attestation.vectors;

import static dev.parley.protocol.attestation.Reason.*;

import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;

/** Steps 18 to 20, and documents that are right. */
final class OccasionVectors {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Bench bench;

    OccasionVectors(Bench bench) {
        this.bench = bench;
    }

    void add() {
        var good = bench.platform().attest(Bench.claims());
        live("stale", STALE, "made 61 seconds ago where 60 are allowed", Bench.goodClaims(), Bench.NOW.plusSeconds(61));
        live(
                "from_the_future",
                STALE,
                "made 61 seconds from now",
                TestClaims.at(Bench.NOW.plusSeconds(61)).nonce(Bench.NONCE),
                Bench.NOW);
        live(
                "of_the_past",
                EXPIRED_CERTIFICATE,
                "stolen yesterday",
                Bench.goodClaims(),
                Bench.NOW.plus(Duration.ofDays(1)));
        live(
                "nonce_other",
                NONCE_MISMATCH,
                "another nonce",
                Bench.goodClaims().nonce(Bytes.utf8("a nonce of the vectors, 32 bytez")),
                Bench.NOW);
        live("nonce_null", NONCE_MISMATCH, "no nonce", TestClaims.at(Bench.NOW), Bench.NOW);
        live("nonce_empty", NONCE_MISMATCH, "an empty nonce", Bench.goodClaims().nonce(Bytes.empty()), Bench.NOW);
        live(
                "nonce_prefix",
                NONCE_MISMATCH,
                "the beginning of the nonce",
                Bench.goodClaims().nonce(Bytes.utf8("a nonce of the vectors")),
                Bench.NOW);
        live(
                "nonce_longer",
                NONCE_MISMATCH,
                "the nonce and a byte",
                Bench.goodClaims().nonce(Bench.bytes(Bench.NONCE.hex() + "00")),
                Bench.NOW);
        live("debug_live", DEBUG_MODE, "debug mode, live", Bench.goodClaims().debug(), Bench.NOW);
        bench.add(bench.refuse(
                "debug_archived",
                DEBUG_MODE,
                "debug mode, in an archive",
                bench.platform().attest(Bench.goodClaims().debug().build())));
        for (var register = 0; register <= 2; register++) {
            bench.add(bench.refuse(
                    "debug_register_" + register + "_zero",
                    DEBUG_MODE,
                    "one of the three registers is zero",
                    bench.platform()
                            .attest(Bench.goodClaims()
                                    .pcr(register, Pcrs.zero())
                                    .build())));
        }
        bench.add(bench.accept("live", "a live answer", good).asked(fresh(Bench.NOW.plusSeconds(60))));
        bench.add(bench.accept("archived", "an old document, judged at its own time", good));
        bench.add(bench.accept(
                "definite_map",
                "the form of documents before 2025",
                AttestationDocument.sign(
                        bench.platform().document(Bench.claims()).definitePayload(), bench.platform()::sign)));
        bench.add(bench.accept(
                "optional_fields_null",
                "nothing but what must be there",
                bench.platform().attest(TestClaims.at(Bench.NOW).build())));
        bench.add(bench.accept(
                "optional_fields_empty",
                "empty is not null",
                bench.platform()
                        .attest(Bench.goodClaims()
                                .publicKey(Bytes.empty())
                                .userData(Bytes.empty())
                                .nonce(Bytes.empty())
                                .build())));
        bench.add(bench.accept(
                "optional_fields_of_1024_bytes",
                "as much as they can hold",
                bench.platform()
                        .attest(Bench.goodClaims()
                                .publicKey(zeros())
                                .userData(zeros())
                                .nonce(zeros())
                                .build())));
        bench.add(bench.accept(
                "registers_16_and_17_locked",
                "an enclave that is bound to its run",
                bench.platform()
                        .attest(Bench.goodClaims()
                                .pcr(16, Pcrs.extend(Pcrs.zero(), Bytes.utf8("policy")))
                                .pcr(17, Pcrs.extend(Pcrs.zero(), Bytes.utf8("query")))
                                .build())));
        signatures();
    }

    /** Of one document signed often enough, signatures with a small and with a great s. */
    private void signatures() {
        for (var great : new boolean[] {false, true}) {
            var evidence = bench.platform().attest(Bench.claims());
            while (isGreat(evidence.document()) != great) {
                evidence = bench.platform().attest(Bench.claims());
            }
            bench.add(bench.accept(
                    great ? "great_s" : "small_s",
                    "s " + (great ? "above" : "below") + " half the order: both are right",
                    evidence));
        }
    }

    private static boolean isGreat(Bytes document) {
        return document.asBuffer().get(document.size() - 48) < 0;
    }

    private void live(String name, Reason reason, String what, TestClaims claims, Instant now) {
        bench.add(bench.refuse(name, reason, what, bench.platform().attest(claims.build()))
                .asked(fresh(now)));
    }

    private static Freshness fresh(Instant now) {
        return new Freshness(Bench.NONCE, now, MINUTE);
    }

    private static Bytes zeros() {
        return Bytes.takeOwnershipOf(new byte[1024]);
    }
}
