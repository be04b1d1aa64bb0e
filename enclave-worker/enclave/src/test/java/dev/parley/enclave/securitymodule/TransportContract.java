package dev.parley.enclave.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every way to a module does, whatever it is made of. */
interface TransportContract {
    /** As the device answers a DescribePCR for a register of zeros. */
    String PCR = "a16b4465736372696265504352a2646c6f636bf564646174615830" + "00".repeat(48);

    SecurityModule.Transport connect(ScriptedModule module) throws Exception;

    @Test
    default void carriesARequestAndItsResponseByteForByte() throws Exception {
        var request = Bytes.parseHex("a16b4465736372696265504352a165696e64657800");
        var module = new ScriptedModule().answering(Bytes.parseHex(PCR));

        try (var transport = connect(module)) {
            assertThat(transport.exchange(request).hex()).isEqualTo(PCR);
        }

        assertThat(module.requests()).containsExactly(request);
    }

    @Test
    default void carriesTheLargestRequestAndTheLargestResponse() throws Exception {
        var largestRequest = bytes(0x1000);
        var largestResponse = bytes(0x3000);
        var module = new ScriptedModule().answering(largestResponse, bytes(1));

        try (var transport = connect(module)) {
            assertThat(transport.exchange(largestRequest)).isEqualTo(largestResponse);
            assertThat(transport.exchange(bytes(1))).isEqualTo(bytes(1));
        }

        assertThat(module.requests()).containsExactly(largestRequest, bytes(1));
    }

    @Test
    default void answersForTheModuleThatARequestIsTooLarge() throws Exception {
        var module = new ScriptedModule().answering(bytes(7));

        try (var transport = connect(module)) {
            assertThat(transport.exchange(bytes(0x1001)).hex())
                    .isEqualTo("a1654572726f72" + "6d496e707574546f6f4c61726765");
            assertThat(transport.exchange(bytes(9))).isEqualTo(bytes(7));
        }

        assertThat(module.requests()).containsExactly(bytes(9));
    }

    @Test
    default void keepsOneResponseApartFromTheNext() throws Exception {
        var module = new ScriptedModule().answering(bytes(300), bytes(2), bytes(4000));

        try (var transport = connect(module)) {
            assertThat(transport.exchange(bytes(5))).isEqualTo(bytes(300));
            assertThat(transport.exchange(bytes(5))).isEqualTo(bytes(2));
            assertThat(transport.exchange(bytes(5))).isEqualTo(bytes(4000));
        }
    }

    @Test
    default void failsWhenTheModuleHasGoneAndAfterItIsClosed() throws Exception {
        var transport = connect(new ScriptedModule().answering(bytes(1)));
        transport.exchange(bytes(5));

        assertThatThrownBy(() -> transport.exchange(bytes(5))).isInstanceOf(IOException.class);
        transport.close();
        transport.close();
        assertThatThrownBy(() -> transport.exchange(bytes(5))).isInstanceOf(IOException.class);
    }

    @Test
    default void servesTheModulesViewOfAnEnclave() throws Exception {
        var lock = "674c6f636b504352";
        var extended = "a169457874656e64504352a164646174615830" + "00".repeat(48);
        var module = new ScriptedModule().answering(hex(PCR), hex(PCR), hex(PCR), hex(extended), hex(lock));

        try (var transport = connect(module)) {
            var view = new SecurityModule(transport);
            assertThat(view.measurement().pcr0().bytes().size()).isEqualTo(48);
            view.extendAndLock(16, Sha384Digest.of(Bytes.utf8("policy")));
        }

        assertThat(module.requests()).hasSize(5);
    }

    @Test
    default void neverTakesAnErrorForAnAnswer() throws Exception {
        var error = hex("a1654572726f726d52656164" + "4f6e6c79496e646578");
        var module = new ScriptedModule().answering(error, error, error, bytes(40), hex("60"));

        try (var transport = connect(module)) {
            var view = new SecurityModule(transport);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> view.extendAndLock(16, Sha384Digest.of(Bytes.empty())))
                        .isInstanceOf(Malformed.class);
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(view::random).isInstanceOf(Malformed.class);
            }
        }
    }

    /** The same for the same size, of all values. */
    static Bytes bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Bytes.takeOwnershipOf(bytes);
    }

    private static Bytes hex(String text) throws Malformed {
        return Bytes.parseHex(text);
    }
}
