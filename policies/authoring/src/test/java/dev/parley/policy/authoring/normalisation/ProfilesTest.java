package dev.parley.policy.authoring.normalisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {
    /** The published examples of Unified ID 2.0. */
    @ParameterizedTest
    @CsvSource({
        "email, user@example.com, b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514",
        "email, ' USER@example.com ', b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514",
        "phone, +12345678901, 10e6f0b47054a83359477dcb35231db6de5c69fb1816e1a6b98e192de9e5b9ee",
        "phone-us, (234) 567-8901, 10e6f0b47054a83359477dcb35231db6de5c69fb1816e1a6b98e192de9e5b9ee"
    })
    void hashesToThePublishedVectors(String profile, String raw, String sha256) {
        var digest = InputForm.PLAIN.digest(profile(profile), raw);

        assertThat(digest).hasValueSatisfying(d -> assertThat(d.bytes().hex()).isEqualTo(sha256));
    }

    @ParameterizedTest
    @CsvSource({
        "email, jane.doe+list@gmail.com, jane.doe+list@gmail.com",
        "email-gmail, Jane.Doe+list@GMail.com, janedoe@gmail.com",
        "email-gmail, jane.doe+list@example.com, jane.doe+list@example.com",
        "email, user@BÜCHER.example, user@xn--bcher-kva.example",
        "email, user@xn--bcher-kva.example, user@xn--bcher-kva.example",
        "phone, +44 (0)7400 123456, +447400123456",
        "phone-gb, 07400 123456, +447400123456",
        "phone-gb, 0044 7400-123456, +447400123456",
        "phone-gb, (07400) 123-456, +447400123456",
        "phone-de, 030 901820, +4930901820",
        "name, '  Zoë  O''Brien-Łuk ', zoeobrienłuk",
        "postal-code, sw1a 1aa, SW1A1AA",
        "postal-code, 12345-6789, 123456789",
        "date, 19900131, 1990-01-31",
        "date, ' 1990-01-31', 1990-01-31"
    })
    void bringsToOneForm(String profile, String raw, String normal) {
        assertThat(profile(profile).normalForm(raw)).contains(normal);
    }

    @ParameterizedTest
    @CsvSource({
        "email, ''",
        "email, nobody",
        "email, @example.com",
        "email, user@",
        "email, user@localhost",
        "email, two@at@example.com",
        "email, in side@example.com",
        "email, user@-example.com",
        "email, user@exa_mple.com",
        "email, user@example..com",
        "email-gmail, +only@gmail.com",
        "phone, 07400 123456",
        "phone, +1",
        "phone-gb, call me",
        "name, 1234",
        "postal-code, A",
        "postal-code, SW1A 1AA!",
        "date, 31/01/1990",
        "date, 1990-02-30",
        "date, 19901301"
    })
    void refusesWhatIsNoSuchIdentifier(String profile, String raw) {
        assertThat(profile(profile).normalForm(raw)).isEmpty();
    }

    @Test
    void leavesANormalFormAsItIs() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20260603);
        var alphabet = "abcXYZ019.+-_@ @ÄßİΣé😀\u00a0".codePoints().toArray();
        var normalised = 0;
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var j = random.nextInt(14); j >= 0; j--) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            var normal = profile("email-gmail").normalForm(text + "@gmail.com".substring(random.nextInt(10)));
            if (normal.isPresent()) {
                normalised++;
                assertThat(profile("email-gmail").normalForm(normal.get())).isEqualTo(normal);
            }
        }
        assertThat(normalised).isGreaterThan(500);
    }

    @Test
    void readsHashesThatOthersMade() {
        var email = profile("email");
        var digest = InputForm.PLAIN.digest(email, "user@example.com").orElseThrow();

        var hex = digest.bytes().hex();
        var base64 = java.util.Base64.getEncoder().encodeToString(digest.bytes().toArray());

        assertThat(InputForm.SHA256_HEX.digest(email, hex)).contains(digest);
        assertThat(InputForm.SHA256_HEX.digest(email, hex.toUpperCase(Locale.ROOT)))
                .contains(digest);
        assertThat(InputForm.SHA256_BASE64.digest(email, base64)).contains(digest);
        assertThat(InputForm.SHA256_HEX.digest(email, "user@example.com")).isEmpty();
        assertThat(InputForm.SHA256_HEX.digest(email, hex.substring(2))).isEmpty();
        assertThat(InputForm.SHA256_BASE64.digest(email, hex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mail", "phone-", "phone-zz", "phone-GB", "email-yahoo"})
    void knowsNoOtherProfiles(String name) {
        assertThat(Profile.named(name)).isEmpty();
    }

    @Test
    void isNamedAsItIsFound() {
        for (var name : Profile.names()) {
            assertThat(profile(name).name()).isEqualTo(name);
        }
        assertThat(profile("phone-gb").name()).isEqualTo("phone-gb");
    }

    private static Profile profile(String name) {
        return Optional.of(name).flatMap(Profile::named).orElseThrow();
    }
}
