package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** The dataset versions whose keys a portal keeps or kept. */
public record HeldDatasetList(List<HeldDatasetView> datasets) implements Message {
    public HeldDatasetList {
        datasets = List.copyOf(datasets);
    }

    public static HeldDatasetList read(Fields fields) throws Malformed {
        return new HeldDatasetList(fields.objects("datasets", HeldDatasetView::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("datasets", Json.array(datasets, HeldDatasetView::json))
                .build();
    }
}
