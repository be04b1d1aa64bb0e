package dev.parley.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.wire.StatusView;
import dev.parley.web.testing.Api;
import dev.parley.web.testing.Portal;
import dev.parley.web.testing.Surroundings;
import dev.parley.web.testing.TestKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StatusTest {
    @Test
    void showsPublicKeysAndWhoseEvidenceCounts() {
        var keys = TestKeys.ROOM.keys(SampleTemplates.RETAILER);

        var status = Portal.analyst().get("/v1/status").read(StatusView::read);

        assertThat(status.party()).isEqualTo("retailer");
        assertThat(status.trustDomain()).isEqualTo("simulated");
        assertThat(status.rootThumbprint()).isEqualTo(keys.root().thumbprint().print());
        assertThat(status.brokerKey())
                .isEqualTo(keys.broker().signingKey().verificationKey().jwk());
        assertThat(status.wrapKey()).isEqualTo(keys.broker().wrapKey().jwk());
        assertThat(status.locked()).isFalse();
    }

    @Test
    void answersHealthMetricsAndDescriptionWithoutAToken() {
        assertThat(Api.anonymous().get("/q/health/ready").status()).isEqualTo(200);
        assertThat(Api.anonymous().get("/q/metrics").status()).isEqualTo(200);
        assertThat(Api.anonymous().get("/q/openapi").text()).contains("/v1/release/prepare", "/v1/budget");
    }

    @Test
    void answersWhatIsNotThereWithAProblem() {
        assertThat(Portal.analyst().get("/v1/nothing").problem()).isEqualTo("404 NOT_FOUND");
        assertThat(Portal.analyst().get("/v1/release/prepare").problem()).isEqualTo("405 METHOD_NOT_ALLOWED");
    }
}
