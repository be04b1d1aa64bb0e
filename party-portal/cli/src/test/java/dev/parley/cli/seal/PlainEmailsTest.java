package dev.parley.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.authoring.normalisation.EmailProfile;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainEmailsTest {
    private static final String[] PIECES = {
        "a",
        "B",
        "z9",
        "-",
        ".",
        "@",
        " ",
        "+",
        "gmail.com",
        "GoogleMail.COM",
        "example.org",
        "\t",
        "ß",
        "_",
        "x".repeat(40),
        "'",
        "\u00a0",
        "\u200b",
        "\0",
        "\\"
    };

    @Test
    void agreesWithTheProfileWhereverItAnswers() {
        var random = new Random(5);
        var answered = 0;

        for (var i = 0; i < 200_000; i++) {
            var profile = new EmailProfile(random.nextBoolean());
            var text = text(random);
            var utf8 = (text + "!").getBytes(StandardCharsets.UTF_8);
            var plain = new PlainEmails(profile);
            var length = plain.normalise(utf8, 0, utf8.length - 1);
            if (length >= 0) {
                answered++;
                assertThat(new String(plain.bytes(), 0, length, StandardCharsets.UTF_8))
                        .as(text)
                        .isEqualTo(profile.normalForm(text).orElse("(refused)"));
            }
        }

        assertThat(answered).isGreaterThan(5_000);
    }

    @Test
    void answersForTheUsualAddress() {
        var utf8 = " Ada.Lovelace+news@Mail.Example.COM ".getBytes(StandardCharsets.US_ASCII);
        var plain = new PlainEmails(new EmailProfile(false));

        var length = plain.normalise(utf8, 0, utf8.length);

        assertThat(new String(plain.bytes(), 0, length, StandardCharsets.US_ASCII))
                .isEqualTo("ada.lovelace+news@mail.example.com");
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var pieces = 1 + random.nextInt(5); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(3) > 0) {
            text.append('@').append(PIECES[random.nextInt(PIECES.length)]).append(".example");
        }
        return text.toString();
    }
}
