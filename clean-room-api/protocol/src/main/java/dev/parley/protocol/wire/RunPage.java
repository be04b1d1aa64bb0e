package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs, newest first.
 *
 * @param next the cursor of the page behind this one, if there is one
 */
public record RunPage(List<RunView> runs, @Nullable String next) implements Message {
    public RunPage {
        runs = List.copyOf(runs);
    }

    public static RunPage read(Fields fields) throws Malformed {
        return new RunPage(
                fields.objects("runs", RunView::read),
                fields.optionalText("next", text -> text).orElse(null));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("runs", Json.array(runs, RunView::json))
                .put("next", next)
                .build();
    }
}
