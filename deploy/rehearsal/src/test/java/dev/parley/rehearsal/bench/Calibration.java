package dev.parley.rehearsal.bench;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Work that is the same in every version of this project: how fast the machine is on that day. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Calibration {
    private static final int BLOCK = 64 << 10;

    private final byte[] block = new byte[BLOCK];
    private final byte[] digest = new byte[48];
    private final ECDSASigner verifier = new ECDSASigner();
    private final java.math.BigInteger[] signature;

    /** With a key and a signature of its own. */
    public Calibration() {
        var random = new SecureRandom();
        var curve = new ECDomainParameters(CustomNamedCurves.getByName("P-384"));
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve, random));
        var keys = generator.generateKeyPair();
        var signer = new ECDSASigner();
        signer.init(true, new ParametersWithRandom(keys.getPrivate(), random));
        signature = signer.generateSignature(digest);
        verifier.init(false, keys.getPublic());
    }

    /** One SHA-384 of 64 KiB, by Bouncy Castle. */
    @Benchmark
    public byte[] hash() {
        var out = new byte[48];
        var sha = new SHA384Digest();
        sha.update(block, 0, block.length);
        sha.doFinal(out, 0);
        return out;
    }

    /** One ECDSA verification on P-384, by Bouncy Castle. */
    @Benchmark
    public boolean verification() {
        return verifier.verifySignature(digest, signature[0], signature[1]);
    }
}
