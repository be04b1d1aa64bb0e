package dev.parley.server.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.testing.Api;
import dev.parley.server.testing.SealedSample;
import dev.parley.server.testing.Surroundings;
import dev.parley.server.testing.TestRoom;
import dev.parley.server.testing.Token;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusURLMemoryStore;
import io.tus.java.client.TusUpload;
import java.io.ByteArrayInputStream;
import java.net.MalformedURLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploads with a client that nobody here wrote. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class StockClientTest {
    @Test
    void uploadsInPartsAndResumesAfterABreak() throws Exception {
        var sealed = SealedSample.customers(TestRoom.active());
        TestRoom.expect(201, sealed.announce());
        var client = client();

        var first = client.createUpload(upload(sealed));
        first.setChunkSize(30_000);
        first.uploadChunk();
        first.finish();
        var second = client.resumeUpload(upload(sealed));
        var resumedAt = second.getOffset();
        while (second.uploadChunk() > -1) {
            assertThat(second.getOffset()).isPositive();
        }
        second.finish();

        assertThat(resumedAt).isEqualTo(30_000);
        assertThat(Api.as(Token.host()).get(sealed.ciphertextPath()).body()).isEqualTo(sealed.ciphertext());
    }

    private static TusClient client() throws MalformedURLException {
        var client = new TusClient();
        client.setUploadCreationURL(Api.uri("/v1/uploads").toURL());
        client.setHeaders(
                Map.of("Authorization", "Bearer " + Token.of("retailer").signed()));
        client.enableResuming(new TusURLMemoryStore());
        return client;
    }

    private static TusUpload upload(SealedSample sealed) {
        var upload = new TusUpload();
        upload.setInputStream(new ByteArrayInputStream(sealed.ciphertext().toArray()));
        upload.setSize(sealed.ciphertext().size());
        upload.setFingerprint(sealed.manifest().digest().hex());
        upload.setMetadata(Map.of(
                "room", sealed.room().id(),
                "dataset", sealed.manifest().dataset().value(),
                "version", "1"));
        return upload;
    }
}
