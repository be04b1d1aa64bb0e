package dev.parley.web.http;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.wire.Message;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What came of a request that is sent again safely.
 *
 * @param created whether it made something, rather than found it made already
 */
public record Outcome<T extends Message>(T view, boolean created) {
    public Outcome {
        requireNonNull(view);
    }

    public RestResponse<T> response() {
        return response(RestResponse.Status.CREATED);
    }

    public RestResponse<T> response(RestResponse.Status whenCreated) {
        return RestResponse.status(created ? whenCreated : RestResponse.Status.OK, view);
    }
}
