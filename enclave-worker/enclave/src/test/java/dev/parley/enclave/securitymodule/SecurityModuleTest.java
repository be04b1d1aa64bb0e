package dev.parley.enclave.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A module that says something else than a module says. */
final class SecurityModuleTest {
    private static final Bytes DOCUMENT = Cbor.map()
            .put(
                    "Attestation",
                    Cbor.map().put("document", TransportContract.bytes(5_000)).build())
            .build()
            .encode();

    private record Asked(Question question, Bytes answer) {}

    private static final List<Asked> QUESTIONS = List.of(
            new Asked(SecurityModule::measurement, hex(TransportContract.PCR)),
            new Asked(SecurityModule::random, hex("a16947657452616e646f6da16672616e646f6d4401020304")),
            new Asked(module -> module.attest(Optional.empty(), Bytes.empty(), Optional.empty()), DOCUMENT));

    @Test
    void takesAnyChangedAnswerForRightOrForMalformedAndNeverFailsOtherwise() throws IOException {
        var random = new Random(23);
        var malformed = 0;

        for (int i = 0; i < 20_000; i++) {
            var asked = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            var said = asked.answer().toArray();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                said[random.nextInt(Math.min(said.length, 40))] ^= (byte) (1 + random.nextInt(255));
            }
            malformed += taken(asked.question(), Bytes.takeOwnershipOf(said)) ? 0 : 1;
        }

        assertThat(malformed).isGreaterThan(10_000);
        for (var asked : QUESTIONS) {
            assertThat(taken(asked.question(), asked.answer())).isTrue();
        }
    }

    private static boolean taken(Question question, Bytes answer) throws IOException {
        try {
            question.ask(new SecurityModule(new Always(answer)));
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    private static Bytes hex(String text) {
        return Bytes.takeOwnershipOf(HexFormat.of().parseHex(text));
    }

    private interface Question {
        void ask(SecurityModule module) throws IOException, Malformed;
    }

    private record Always(Bytes answer) implements SecurityModule.Transport {
        @Override
        public Bytes exchange(Bytes request) {
            return answer;
        }

        @Override
        public void close() {}
    }
}
