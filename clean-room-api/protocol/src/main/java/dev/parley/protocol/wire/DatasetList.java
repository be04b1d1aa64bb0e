package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** The datasets of a room. */
public record DatasetList(List<DatasetView> datasets) implements Message {
    public DatasetList {
        datasets = List.copyOf(datasets);
    }

    public static DatasetList read(Fields fields) throws Malformed {
        return new DatasetList(fields.objects("datasets", DatasetView::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("datasets", Json.array(datasets, DatasetView::json))
                .build();
    }
}
