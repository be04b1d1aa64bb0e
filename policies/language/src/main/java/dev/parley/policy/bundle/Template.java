package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.plan.PlanJson;
import dev.parley.policy.query.BoundQuery;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A query that the parties approved, with gaps for parameters. Only the plan is checked and executed; the SQL stands
 * beside it for people and is what authoring compiled the plan from.
 *
 * @param runners parties whose run keys may ask
 * @param recipients parties whose recipient keys results may be sealed to
 * @param maxMicroEpsilon the most that one run may cost; 0 exactly where the mode adds no noise
 */
public record Template(
        TemplateId id,
        String title,
        String sql,
        Plan plan,
        List<Parameter> parameters,
        List<PartyId> runners,
        List<PartyId> recipients,
        ReleaseMode mode,
        long maxMicroEpsilon) {

    private static final int MAX_SQL = 16_384;

    public Template {
        requireNonNull(id);
        requireNonNull(plan);
        requireNonNull(mode);
        Form.line("the title of a template", title, 200);
        Form.require(!sql.isBlank() && sql.length() <= MAX_SQL, "the SQL of a template has 1 to 16,384 characters");
        parameters = List.copyOf(parameters);
        runners = runners.stream().sorted(PartyOrder.BY_NAME).toList();
        recipients = recipients.stream().sorted(PartyOrder.BY_NAME).toList();
        Form.distinct("a parameter of template " + id, parameters, Parameter::name);
        Form.distinct("a runner of template " + id, runners, runner -> runner);
        Form.distinct("a recipient of template " + id, recipients, recipient -> recipient);
        Form.require(!runners.isEmpty() && !recipients.isEmpty(), "template " + id + " needs a runner and a recipient");
        Form.require(
                mode.addsNoise() == maxMicroEpsilon > 0 && maxMicroEpsilon >= 0,
                "template " + id + " needs a cost cap exactly where its mode adds noise");
    }

    public Optional<Parameter> parameter(ColumnName name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /**
     * This template's plan with its gaps filled.
     *
     * @throws Malformed unless {@code values} has exactly one constant of the right type for each parameter
     */
    public BoundQuery bind(Map<ColumnName, Literal> values) throws Malformed {
        if (values.size() != parameters.size()) {
            throw new Malformed("template " + id + " takes " + parameters.size() + " parameters");
        }
        for (var parameter : parameters) {
            var value = values.get(parameter.name());
            if (value == null || !parameter.accepts(value)) {
                throw new Malformed("parameter " + parameter.name() + " needs a constant of type "
                        + parameter.type().text());
            }
        }
        return BoundQuery.of(id, plan, values);
    }

    /**
     * What a run request asks: this template with its gaps filled, of these versions of its datasets.
     *
     * @throws Malformed as {@link #bind} does
     */
    public RunRequest.Query ask(Map<ColumnName, Literal> values, List<DatasetVersion> datasets) throws Malformed {
        return new RunRequest.Query(
                id, PlanJson.print(bind(values).plan()), PlanJson.printParameters(values), datasets);
    }

    /** The file that states this template. */
    public String source() {
        return "templates/" + id + ".yaml";
    }

    static Template read(Fields fields) throws Malformed {
        return new Template(
                fields.text("id", TemplateId::parse),
                fields.string("title"),
                fields.string("sql"),
                PlanJson.read(fields.value("plan").asObject()),
                fields.objects("parameters", Parameter::read),
                fields.texts("runners", PartyId::parse),
                fields.texts("recipients", PartyId::parse),
                fields.text("mode", Form.constant(ReleaseMode.class)),
                fields.integer("maxMicroEpsilon", 0, Floors.MAX_MICRO_EPSILON));
    }

    Json.Obj json() {
        return Json.object()
                .put("id", id.value())
                .put("title", title)
                .put("sql", sql)
                .put("plan", PlanJson.print(plan))
                .put("parameters", Json.array(parameters, Parameter::json))
                .put("runners", Json.array(runners, p -> Json.of(p.value())))
                .put("recipients", Json.array(recipients, p -> Json.of(p.value())))
                .put("mode", mode.text())
                .put("maxMicroEpsilon", maxMicroEpsilon)
                .build();
    }
}
