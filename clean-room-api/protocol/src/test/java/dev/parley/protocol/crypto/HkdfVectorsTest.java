package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.vectors.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HkdfVectorsTest {
    @ParameterizedTest
    @EnumSource
    void derivesWhatTheVectorsSay(Hkdf hkdf) throws Exception {
        var name = "hkdf_sha" + hkdf.name().substring("SHA_".length()) + "_test.json";
        var cases = Vectors.wycheproof(name);

        for (var test : cases) {
            assertThat(matches(hkdf, test)).as(test.id()).isEqualTo(test.valid());
        }
        assertThat(cases).hasSizeGreaterThan(80);
    }

    private static boolean matches(Hkdf hkdf, Vectors.Case test) throws Exception {
        var size = test.number("size");
        if (size > hkdf.maxLength()) {
            return false;
        }
        var key = hkdf.extract(test.hex("salt"), test.hex("ikm"));
        var info = Bytes.takeOwnershipOf(test.hex("info"));
        return Bytes.copyOf(hkdf.expand(key, info, size)).equals(Bytes.copyOf(test.hex("okm")));
    }
}
