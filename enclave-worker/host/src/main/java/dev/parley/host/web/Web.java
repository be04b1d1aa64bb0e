package dev.parley.host.web;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests whose answers have come to their last byte in time. The client's own limit ends with the headers. */
public final class Web {
    private final HttpClient client;

    public Web(HttpClient client) {
        this.client = client;
    }

    /**
     * What to bear with.
     *
     * @param time from the first attempt to connect to the last byte of the answer
     * @param size of the answer's body, in bytes
     */
    public record Bounds(Duration time, int size) {}

    public HttpResponse<byte[]> send(HttpRequest request, Bounds bounds) throws IOException, InterruptedException {
        var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), bounds.size());
        var answer = client.sendAsync(request, handler);
        try {
            return answer.get(bounds.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException("the request failed", e);
        } finally {
            // Of no effect on what is done; otherwise the connection goes with it.
            answer.cancel(true);
        }
    }
}
