package dev.parley.server.datasets;

import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * One range of a ciphertext (RFC 9110 §14), sent from the file without passing through the heap. Several ranges at once
 * are refused: a host reads batch by batch.
 *
 * @param partial whether a range was asked for
 */
record ByteRange(long first, long count, long length, boolean partial) {
    private static final Pattern FORM = Pattern.compile("bytes=(?<first>[0-9]{0,18})-(?<last>[0-9]{0,18})");

    static ByteRange of(@Nullable String header, long length) {
        if (header == null) {
            return new ByteRange(0, length, length, false);
        }
        var form = FORM.matcher(header);
        if (!form.matches()
                || (form.group("first").isEmpty() && form.group("last").isEmpty())) {
            throw unsatisfiable(length);
        }
        return form.group("first").isEmpty()
                ? suffix(Long.parseLong(form.group("last")), length)
                : from(Long.parseLong(form.group("first")), form.group("last"), length);
    }

    private static ByteRange suffix(long count, long length) {
        if (count == 0) {
            throw unsatisfiable(length);
        }
        var tail = Math.min(count, length);
        return new ByteRange(length - tail, tail, length, true);
    }

    private static ByteRange from(long first, String lastText, long length) {
        var last = lastText.isEmpty() ? length - 1 : Math.min(Long.parseLong(lastText), length - 1);
        if (first > last) {
            throw unsatisfiable(length);
        }
        return new ByteRange(first, last - first + 1, length, true);
    }

    RestResponse<PathPart> response(Path file) {
        var builder = RestResponse.ResponseBuilder.create(
                        partial ? RestResponse.Status.PARTIAL_CONTENT : RestResponse.Status.OK,
                        new PathPart(file, first, count))
                .header("Accept-Ranges", "bytes");
        if (partial) {
            builder.header("Content-Range", "bytes " + first + "-" + (first + count - 1) + "/" + length);
        }
        return builder.build();
    }

    private static Refused unsatisfiable(long length) {
        return Refused.with(ProblemCode.RANGE_NOT_SATISFIABLE, "one range of bytes within " + length);
    }
}
