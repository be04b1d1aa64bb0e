package dev.parley.policy.query;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.plan.PlanJson;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A question to the policy checker. What a run costs is not part of it: that follows from template and bundle alone.
 *
 * @param plan the template's plan with every parameter replaced by its value, as the runner believes it is
 * @param at the time against which validity is judged; the enclave, which has no clock, takes it from the brokers
 */
public record QueryRequest(
        TemplateId template,
        Plan plan,
        Map<ColumnName, Literal> parameters,
        PartyId runner,
        List<PartyId> recipients,
        Instant at) {

    public QueryRequest {
        requireNonNull(template);
        requireNonNull(plan);
        requireNonNull(runner);
        requireNonNull(at);
        parameters = Map.copyOf(parameters);
        recipients = List.copyOf(recipients);
    }

    /** What a run request asks for. Its signature, policy digest and validity are the caller's to verify. */
    public static QueryRequest of(RunRequest request, Instant at) throws Malformed {
        var query = request.query();
        return new QueryRequest(
                query.template(),
                PlanJson.read(query.plan()),
                PlanJson.readParameters(query.parameters()),
                request.party(),
                request.recipients(),
                at);
    }
}
