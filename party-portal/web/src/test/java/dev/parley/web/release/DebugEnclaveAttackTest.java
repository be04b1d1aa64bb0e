package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host starts the accepted image in debug mode, where it can read its memory. Its measurement is zeros then. */
@Tag("ATT-7")
@DisplayName("ATT-7: an enclave in debug mode")
class DebugEnclaveAttackTest {
    private static final TestRun RUN = new TestRun();

    @AfterAll
    static void stop() {
        RUN.close();
    }

    @Test
    void refusesADebugEnclaveBeforeItLooksAtReferenceValues() throws Exception {
        var wish = RUN.wish();
        var document = RUN.request(SampleTemplates.RETAILER, wish, new TestEnclave(wish).saying(TestClaims::debug));

        assertThat(Outcomes.of(() -> RUN.retailer.broker.prepare(document))).isEqualTo("EVIDENCE_REFUSED DEBUG_MODE");

        // Genuine all the same: whoever only looks is told what it is.
        var inspected = new AttestationVerifier(RUN.room.roots())
                .inspectAllowingDebug(new Evidence(document.evidence()), Inspection.at(RUN.retailer.now()));
        assertThat(inspected.trusted())
                .hasValueSatisfying(evidence -> assertThat(evidence.debug()).isTrue());
    }

    /** One zero among the three is no measurement that an image has. */
    @Test
    void refusesASingleZeroRegister() throws Exception {
        for (var index = 0; index <= 2; index++) {
            var at = index;
            var wish = RUN.wish();
            var enclave = new TestEnclave(wish).saying(c -> c.pcr(at, Pcrs.zero()));
            var document = RUN.request(SampleTemplates.RETAILER, wish, enclave);
            assertThat(Outcomes.of(() -> RUN.retailer.broker.prepare(document)))
                    .isEqualTo("EVIDENCE_REFUSED DEBUG_MODE");
        }
    }

    /** Nobody can sign a policy that lists zeros: it cannot be made, and what is written by hand cannot be read. */
    @Test
    void aPolicyThatListsZerosIsNoPolicy() throws Malformed {
        var zero = Pcrs.zero();
        var image = TestRoom.IMAGE;
        var text = new String(RUN.room.bundle.canonical().toArray(), StandardCharsets.UTF_8);

        assertThatThrownBy(() -> new AcceptedMeasurement(zero, zero, zero, SampleRoom.UNTIL))
                .isInstanceOf(IllegalArgumentException.class);
        for (var pcr : new String[] {
            image.pcr0().hex(), image.pcr1().hex(), image.pcr2().hex()
        }) {
            var listing = Bytes.utf8(text.replace(pcr, zero.hex()));
            assertThat(listing).isNotEqualTo(RUN.room.bundle.canonical());
            assertThatThrownBy(() -> PolicyBundle.parse(listing)).isInstanceOf(Malformed.class);
        }
        assertThat(PolicyBundle.parse(Bytes.utf8(text))).isEqualTo(RUN.room.bundle);
    }

    @Test
    void grantsToTheSameImageInProductionMode() throws Exception {
        var wish = RUN.wish();
        var document = RUN.request(SampleTemplates.RETAILER, wish, new TestEnclave(wish));

        assertThat(Outcomes.of(() -> RUN.retailer.broker.prepare(document))).isEqualTo("OK");
    }
}
