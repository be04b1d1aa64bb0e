package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PreparationTest {
    /** An enclave whose preparation fails never asks for a run: the invented policy must stay one. */
    @Test
    void usesEverythingOnceAndTakesEveryKeyFromTheGeneratorThatItIsGiven() {
        var taken = new AtomicInteger();
        var random = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                taken.incrementAndGet();
                super.nextBytes(bytes);
            }
        };

        assertThatCode(() -> Preparation.run(random)).doesNotThrowAnyException();

        assertThat(taken.get()).isGreaterThanOrEqualTo(3);
    }
}
