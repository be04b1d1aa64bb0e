package dev.parley.server.uploads;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.RoomId;
import dev.parley.server.datasets.AnnouncedCiphertext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code Upload-Metadata} header of tus: {@code room}, {@code dataset} and {@code version}; others are ignored. */
final class UploadMetadata {
    private static final int LIMIT = 4096;

    private UploadMetadata() {}

    static AnnouncedCiphertext.Name parse(@Nullable String header) throws Malformed {
        if (header == null || header.length() > LIMIT) {
            throw new Malformed("Upload-Metadata is missing or too long");
        }
        var values = new HashMap<String, String>();
        for (var pair : header.split(",", -1)) {
            var parts = pair.strip().split(" ", -1);
            if (parts.length > 2 || values.put(parts[0], parts.length == 2 ? decode(parts[1]) : "") != null) {
                throw new Malformed("Upload-Metadata has a name twice or is not pairs");
            }
        }
        return new AnnouncedCiphertext.Name(
                RoomId.parse(require(values, "room")),
                DatasetId.parse(require(values, "dataset")),
                version(require(values, "version")));
    }

    private static String require(Map<String, String> values, String name) throws Malformed {
        var value = values.get(name);
        if (value == null) {
            throw new Malformed("Upload-Metadata needs room, dataset and version");
        }
        return value;
    }

    private static int version(String text) throws Malformed {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new Malformed("Upload-Metadata: version is a number");
        }
        return Integer.parseInt(text);
    }

    private static String decode(String base64) throws Malformed {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Malformed("Upload-Metadata is not base64", e);
        }
    }
}
