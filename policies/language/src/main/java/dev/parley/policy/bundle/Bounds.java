package dev.parley.policy.bundle;

import dev.parley.policy.plan.DecimalText;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.math.BigDecimal;

/** The range to which values are clamped, both ends included. Normal decimals, see {@link DecimalText}. */
public record Bounds(BigDecimal min, BigDecimal max) {
    public Bounds {
        min = DecimalText.normal(min);
        max = DecimalText.normal(max);
        Form.require(min.compareTo(max) < 0, "the lower bound must lie below the upper");
    }

    public boolean contains(BigDecimal value) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    static Bounds read(Fields fields) throws Malformed {
        var bounds = new Bounds(fields.text("min", DecimalText::parse), fields.text("max", DecimalText::parse));
        fields.end();
        return bounds;
    }

    Json.Obj json() {
        return Json.object()
                .put("min", DecimalText.print(min))
                .put("max", DecimalText.print(max))
                .build();
    }
}
