package dev.parley.cli.run;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.check.Decision;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.check.Refusal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.query.QueryRequest;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.room.TemplateId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A template with its parameters and recipients, asked by one party under one policy. */
final class Question {
    private final PolicyBundle bundle;
    private final Template template;
    private final Map<String, String> parameters;
    private final List<PartyId> recipients;
    private final PartyId asking;

    Question(
            PolicyBundle bundle,
            String template,
            Map<String, String> parameters,
            List<String> recipients,
            PartyId asking)
            throws Failure {
        this.bundle = bundle;
        this.parameters = parameters;
        this.asking = asking;
        try {
            this.template = bundle.template(TemplateId.parse(template))
                    .orElseThrow(() -> Failure.of(
                            CliCode.TEMPLATE_NOT_IN_POLICY,
                            "the policy has these templates: "
                                    + String.join(
                                            ", ",
                                            bundle.templates().stream()
                                                    .map(t -> t.id().value())
                                                    .toList())));
            var named = new ArrayList<PartyId>();
            for (var recipient : recipients) {
                named.add(PartyId.parse(recipient));
            }
            this.recipients = named.isEmpty() ? List.of(asking) : List.copyOf(named);
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    Plan plan() {
        return template.plan();
    }

    RunRequest request(List<DatasetVersion> data, Instant now, int seconds, SecureRandom random) throws Failure {
        var id = new byte[RunRequest.ID_SIZE];
        random.nextBytes(id);
        // Services' clocks may be a moment behind this one.
        var issued = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(2);
        try {
            return new RunRequest(
                    bundle.room(),
                    bundle.digest(),
                    Bytes.takeOwnershipOf(id),
                    asking,
                    template.ask(ParameterValues.read(template, parameters), data),
                    recipients,
                    new RunRequest.Validity(issued, issued.plusSeconds(seconds)));
        } catch (Malformed e) {
            throw Failure.of(CliCode.PARAMETER_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** The limits under which the policy allows it, before any key is unlocked. */
    EffectiveLimits requireAllowed(RunRequest request, Instant now) throws Failure {
        try {
            return switch (PolicyChecker.check(bundle, QueryRequest.of(request, now))) {
                case Decision.Allowed(var limits) -> limits;
                case Decision.Refused(var refusal) -> throw forbidden(refusal);
            };
        } catch (Malformed e) {
            throw Failure.of(CliCode.PARAMETER_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** Signs what operator, brokers and enclave will verify in the same way. */
    Jws sign(RunRequest request, List<Jws> manifests, SigningKey runKey, Instant now) throws Failure {
        var statement = request.sign(runKey);
        return switch (new RunVerifier(bundle).verify(statement, manifests, now)) {
            case RunVerdict.Accepted ignored -> statement;
            case RunVerdict.Rejected(var reason) ->
                throw Failure.of(reason.name(), ExitCode.REFUSED, "the question does not fit the policy or the data");
            case RunVerdict.Forbidden(var refusal) -> throw forbidden(refusal);
        };
    }

    private static Failure forbidden(Refusal refusal) {
        var column = refusal.column().map(c -> " (" + c + ")").orElse("");
        return Failure.of(
                        refusal.code().name(),
                        ExitCode.REFUSED,
                        "rule " + refusal.rule() + column + "; allowed: " + refusal.nearest())
                .with("rule", Json.of(refusal.rule()))
                .with("party", Json.of(refusal.party().map(PartyId::value).orElse(null)))
                .with("nearest", Json.of(refusal.nearest()));
    }
}
