package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** A dataset of a room with all versions that the operator holds. */
public record DatasetView(String dataset, String owner, List<DatasetVersionView> versions) implements Message {
    public DatasetView {
        requireNonNull(dataset);
        requireNonNull(owner);
        versions = List.copyOf(versions);
    }

    public static DatasetView read(Fields fields) throws Malformed {
        return new DatasetView(
                fields.string("dataset"), fields.string("owner"), fields.objects("versions", DatasetVersionView::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("dataset", dataset)
                .put("owner", owner)
                .put("versions", Json.array(versions, DatasetVersionView::json))
                .build();
    }
}
