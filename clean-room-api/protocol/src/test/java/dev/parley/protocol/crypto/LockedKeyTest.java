package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class LockedKeyTest {
    private static final int FEW = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Json.Obj secret = SigningKey.generate(RANDOM).exportSecretJwk();

    @Test
    void opensWithItsPassphraseAfterATrip() throws Exception {
        var locked = LockedKey.lock(secret, "correct horse ü".toCharArray(), RANDOM, FEW);

        var opened = LockedKey.parse(locked.compact(), FEW).open("correct horse ü".toCharArray());

        assertThat(opened).isEqualTo(secret);
    }

    @Test
    void locksWithSixHundredThousandIterationsByDefault() throws Exception {
        var locked = LockedKey.lock(secret, "passphrase".toCharArray(), RANDOM);

        var header = Json.parse(Bytes.parseBase64Url(locked.compact().split("\\.", -1)[0]))
                .asObject()
                .fields();

        assertThat(header.integer("p2c")).isEqualTo(600_000);
        assertThat(LockedKey.parse(locked.compact()).open("passphrase".toCharArray()))
                .isEqualTo(secret);
    }

    @Test
    void refusesAnotherPassphrase() {
        var locked = LockedKey.lock(secret, "correct".toCharArray(), RANDOM, FEW);

        assertThatThrownBy(() -> locked.open("Correct".toCharArray())).isInstanceOf(WrongPassphrase.class);
    }

    @Test
    void refusesFewerIterationsThanTheFloor() {
        var locked = LockedKey.lock(secret, "correct".toCharArray(), RANDOM, FEW);

        assertThatThrownBy(() -> LockedKey.parse(locked.compact()))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("p2c");
    }

    @Test
    void refusesEverySingleChangedCharacter() throws Exception {
        var compact =
                LockedKey.lock(secret, "correct".toCharArray(), RANDOM, FEW).compact();

        var accepted = 0;
        for (var i = 0; i < compact.length(); i += 3) {
            var changed = compact.substring(0, i) + (compact.charAt(i) == 'A' ? 'B' : 'A') + compact.substring(i + 1);
            accepted += opens(changed) ? 1 : 0;
        }

        assertThat(accepted).isZero();
        assertThat(opens(compact)).isTrue();
    }

    @Test
    void refusesTheAlgorithmsOfTheExampleInRfc7517() {
        // RFC 7517 appendix C.2: PBES2-HS256+A128KW with A128CBC-HS256, which this house does not use.
        var header = Bytes.utf8(
                        "{\"alg\":\"PBES2-HS256+A128KW\",\"cty\":\"jwk+json\",\"enc\":\"A128CBC-HS256\",\"p2c\":4096,\"p2s\":\"2WCTcJZ1Rvd_CJuJripQ1w\"}")
                .base64Url();

        assertThatThrownBy(() -> LockedKey.parse(header + ".AA.AA.AA.AA")).isInstanceOf(Malformed.class);
    }

    @Test
    void saysNothingOfTheKeyWhenPrinted() {
        var locked = LockedKey.lock(secret, "correct".toCharArray(), RANDOM, FEW);

        assertThat(locked).hasToString("LockedKey[PBES2-HS512+A256KW]");
    }

    private boolean opens(String compact) {
        try {
            return LockedKey.parse(compact, FEW).open("correct".toCharArray()).equals(secret);
        } catch (Malformed | WrongPassphrase e) {
            return false;
        }
    }
}
