package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;

/** AWS_NitroEnclaves_Root-G1, as published by AWS (spec §8). In the code, so that it is measured with it. */
final class AwsNitroRoot {
    static final TrustRoot PINNED = pinned();

    private AwsNitroRoot() {}

    private static TrustRoot pinned() {
        try {
            return TrustRoot.parse(Bytes.utf8("""
                    -----BEGIN CERTIFICATE-----
                    MIICETCCAZagAwIBAgIRAPkxdWgbkK/hHUbMtOTn+FYwCgYIKoZIzj0EAwMwSTEL
                    MAkGA1UEBhMCVVMxDzANBgNVBAoMBkFtYXpvbjEMMAoGA1UECwwDQVdTMRswGQYD
                    VQQDDBJhd3Mubml0cm8tZW5jbGF2ZXMwHhcNMTkxMDI4MTMyODA1WhcNNDkxMDI4
                    MTQyODA1WjBJMQswCQYDVQQGEwJVUzEPMA0GA1UECgwGQW1hem9uMQwwCgYDVQQL
                    DANBV1MxGzAZBgNVBAMMEmF3cy5uaXRyby1lbmNsYXZlczB2MBAGByqGSM49AgEG
                    BSuBBAAiA2IABPwCVOumCMHzaHDimtqQvkY4MpJzbolL//Zy2YlES1BR5TSksfbb
                    48C8WBoyt7F2Bw7eEtaaP+ohG2bnUs990d0JX28TcPQXCEPZ3BABIeTPYwEoCWZE
                    h8l5YoQwTcU/9KNCMEAwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4EFgQUkCW1DdkF
                    R+eWw5b6cp3PmanfS5YwDgYDVR0PAQH/BAQDAgGGMAoGCCqGSM49BAMDA2kAMGYC
                    MQCjfy+Rocm9Xue4YnwWmNJVA44fA0P5W2OpYow9OYCVRaEevL8uO1XYru5xtMPW
                    rfMCMQCi85sWBbJwKKXdS6BptQFuZbT73o/gBh1qUxl/nNr12UO8Yfwr6wPLb+6N
                    IwLz3/Y=
                    -----END CERTIFICATE-----
                    """));
        } catch (Malformed e) {
            throw new IllegalStateException("the pinned root is a constant", e);
        }
    }
}
