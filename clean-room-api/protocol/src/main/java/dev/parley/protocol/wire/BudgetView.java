package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** What a party's people have lost and may still lose, per lineage. */
public record BudgetView(List<Lineage> lineages) implements Message {
    public BudgetView {
        lineages = List.copyOf(lineages);
    }

    public static BudgetView read(Fields fields) throws Malformed {
        return new BudgetView(fields.objects("lineages", Lineage::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("lineages", Json.array(lineages, Lineage::json))
                .build();
    }

    /** One lineage: amounts are integers of micro-ε. */
    public record Lineage(
            String lineage,
            long totalMicroEpsilon,
            long spentMicroEpsilon,
            long reservedMicroEpsilon,
            List<Charge> charges)
            implements Message {
        public Lineage {
            requireNonNull(lineage);
            charges = List.copyOf(charges);
        }

        public static Lineage read(Fields fields) throws Malformed {
            return new Lineage(
                    fields.string("lineage"),
                    fields.integer("totalMicroEpsilon"),
                    fields.integer("spentMicroEpsilon"),
                    fields.integer("reservedMicroEpsilon"),
                    fields.objects("charges", Charge::read));
        }

        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("lineage", lineage)
                    .put("totalMicroEpsilon", totalMicroEpsilon)
                    .put("spentMicroEpsilon", spentMicroEpsilon)
                    .put("reservedMicroEpsilon", reservedMicroEpsilon)
                    .put("charges", Json.array(charges, Charge::json))
                    .build();
        }
    }

    /**
     * One charge.
     *
     * @param query the query digest, in hexadecimal
     * @param releases how often keys were released for it
     */
    public record Charge(String query, String room, String template, long microEpsilon, String at, int releases)
            implements Message {
        public Charge {
            requireNonNull(query);
            requireNonNull(room);
            requireNonNull(template);
            requireNonNull(at);
        }

        public static Charge read(Fields fields) throws Malformed {
            return new Charge(
                    fields.string("query"),
                    fields.string("room"),
                    fields.string("template"),
                    fields.integer("microEpsilon"),
                    fields.string("at"),
                    (int) fields.integer("releases", 0, Integer.MAX_VALUE));
        }

        @Override
        public Json.Obj json() {
            return Json.object()
                    .put("query", query)
                    .put("room", room)
                    .put("template", template)
                    .put("microEpsilon", microEpsilon)
                    .put("at", at)
                    .put("releases", releases)
                    .build();
        }
    }
}
