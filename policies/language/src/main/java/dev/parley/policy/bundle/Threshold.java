package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;

/** How many distinct people of a dataset must stand behind each released group. */
public record Threshold(DatasetId dataset, int people) {
    public static final int MAX = 1_000_000;

    public Threshold {
        requireNonNull(dataset);
        Form.require(
                people >= Floors.MIN_THRESHOLD && people <= MAX, "a threshold lies between 2 and 1,000,000 people");
    }

    static Threshold read(Fields fields) throws Malformed {
        return new Threshold(
                fields.text("dataset", DatasetId::parse), (int) fields.integer("people", Floors.MIN_THRESHOLD, MAX));
    }

    Json.Obj json() {
        return Json.object()
                .put("dataset", dataset.value())
                .put("people", people)
                .build();
    }
}
