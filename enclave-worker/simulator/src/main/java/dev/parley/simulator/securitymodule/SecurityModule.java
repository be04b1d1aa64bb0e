package dev.parley.simulator.securitymodule;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.simulator.pki.Authorities;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers NSM requests, one at a time. Whatever is asked, the answer is a response and never an exception. */
public final class SecurityModule {
    private static final int MAX_RESPONSE = 0x3000;
    private static final int RANDOM_SIZE = 256;

    private final EnclaveId enclave;
    private final PcrBank registers;
    private final ModuleKey key;
    private final SecureRandom random;
    private final InstantSource clock;

    /** A module with these registers, whose evidence {@code authorities} vouch for. */
    public SecurityModule(
            EnclaveId enclave, PlatformRegisters registers, Authorities authorities, Surroundings surroundings) {
        this.enclave = enclave;
        this.registers = new PcrBank(registers);
        this.key = new ModuleKey(enclave, authorities, surroundings.random(), surroundings.form());
        this.random = surroundings.random();
        this.clock = surroundings.clock();
    }

    /** What is the platform's and not the enclave's. */
    public record Surroundings(SecureRandom random, InstantSource clock, EvidenceForm form) {
        public Surroundings {
            requireNonNull(random);
            requireNonNull(clock);
            requireNonNull(form);
        }
    }

    public synchronized Bytes answer(Bytes request) {
        try {
            return fitted(answer(NsmRequest.parse(request)).encode());
        } catch (NsmRefusal refusal) {
            return error(refusal.error());
        } catch (RuntimeException | Error e) {
            // What went wrong in here is the platform's affair; the enclave gets a response and keeps its connection.
            return error(NsmError.INTERNAL_ERROR);
        }
    }

    /** The response, if it fits into the buffer that every client of a module hands in. */
    static Bytes fitted(Bytes response) throws NsmRefusal {
        if (response.size() > MAX_RESPONSE) {
            throw new NsmRefusal(NsmError.BUFFER_TOO_SMALL);
        }
        return response;
    }

    private static Bytes error(NsmError error) {
        return Cbor.map().put("Error", error.text()).build().encode();
    }

    private Cbor answer(NsmRequest request) throws NsmRefusal {
        return switch (request) {
            case NsmRequest.DescribeNsm() -> named("DescribeNSM", description());
            case NsmRequest.DescribePcr(var index) ->
                named(
                        "DescribePCR",
                        Cbor.map()
                                .put("lock", registers.locked(index))
                                .put("data", registers.value(index).bytes()));
            case NsmRequest.ExtendPcr(var index, var data) ->
                named(
                        "ExtendPCR",
                        Cbor.map().put("data", registers.extend(index, data).bytes()));
            case NsmRequest.LockPcr(var index) -> {
                registers.lock(index);
                yield Cbor.of("LockPCR");
            }
            case NsmRequest.LockPcrs(var range) -> {
                registers.lockBelow(range);
                yield Cbor.of("LockPCRs");
            }
            case NsmRequest.Attestation attestation ->
                named("Attestation", Cbor.map().put("document", evidence(attestation)));
            case NsmRequest.GetRandom() -> named("GetRandom", Cbor.map().put("random", randomBytes()));
        };
    }

    private static Cbor named(String name, Cbor.Builder members) {
        return Cbor.map().put(name, members.build()).build();
    }

    private Cbor.Builder description() throws NsmRefusal {
        List<Cbor> locked = new ArrayList<>();
        for (int index = 0; index < Pcrs.COUNT; index++) {
            if (registers.locked(index)) {
                locked.add(Cbor.of(index));
            }
        }
        return Cbor.map()
                .put("version_major", 1)
                .put("version_minor", 0)
                .put("version_patch", 0)
                .put("module_id", enclave.moduleId())
                .put("max_pcrs", Pcrs.COUNT)
                .put("locked_pcrs", new Cbor.Arr(locked))
                .put("digest", "SHA384");
    }

    private Bytes evidence(NsmRequest.Attestation request) throws NsmRefusal {
        if (Stream.of(request.userData(), request.nonce(), request.publicKey())
                .flatMap(Optional::stream)
                .anyMatch(octets -> octets.size() > Claims.MAX_OPTIONAL_SIZE)) {
            throw new NsmRefusal(NsmError.INPUT_TOO_LARGE);
        }
        var claims = new Claims(
                EvidenceKind.ENCLAVE,
                enclave.moduleId(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                registers.lockedValues(),
                request.publicKey(),
                request.userData(),
                request.nonce());
        return key.sign(claims).document();
    }

    private Bytes randomBytes() {
        var bytes = new byte[RANDOM_SIZE];
        random.nextBytes(bytes);
        return Bytes.takeOwnershipOf(bytes);
    }
}
