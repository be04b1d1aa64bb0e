package dev.parley.policy.check;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.query.QueryRequest;
import dev.parley.protocol.encoding.Malformed;
import java.util.HashSet;
import java.util.List;

/** Decides queries. Pure: the same bundle and request give the same decision everywhere. */
public final class PolicyChecker {
    private PolicyChecker() {}

    /** Whether {@code request} may run under {@code bundle}, which the caller knows to be in force. */
    public static Decision check(PolicyBundle bundle, QueryRequest request) {
        var refusals = new Refusals();
        checkValidity(bundle, request, refusals);
        var template = bundle.template(request.template());
        if (template.isEmpty()) {
            var ids = bundle.templates().stream().map(t -> t.id().value()).toList();
            refusals.room(
                    RefusalCode.UNKNOWN_TEMPLATE,
                    "templates",
                    Nearest.to(request.template().value(), ids).orElseGet(() -> String.join(", ", ids)));
            return first(refusals);
        }
        checkParties(template.get(), request, refusals);
        checkParameters(template.get(), request, refusals);
        return refusals.isEmpty() ? decide(bundle, template.get(), request) : first(refusals);
    }

    /** Every reason for which a template could never run, whoever asked: what lint tells before anybody approves. */
    public static List<Refusal> checkTemplate(PolicyBundle bundle, Template template) {
        var refusals = new Refusals();
        new PlanRules(bundle, template, refusals).check(template.plan());
        if (refusals.isEmpty()) {
            new LimitMerge(bundle, template, refusals).merge();
        }
        return refusals.all();
    }

    private static Decision decide(PolicyBundle bundle, Template template, QueryRequest request) {
        var refusals = new Refusals();
        new PlanRules(bundle, template, refusals).check(template.plan());
        if (refusals.isEmpty()) {
            checkPlan(bundle, template, request, refusals);
        }
        if (!refusals.isEmpty()) {
            return first(refusals);
        }
        var limits = new LimitMerge(bundle, template, refusals).merge();
        return limits.<Decision>map(Decision.Allowed::new).orElseGet(() -> first(refusals));
    }

    /** The plan is made here from template and parameters; the request's own is only compared with it. */
    private static void checkPlan(PolicyBundle bundle, Template template, QueryRequest request, Refusals refusals) {
        try {
            var bound = template.bind(request.parameters()).plan();
            new PlanRules(bundle, template, refusals).check(bound);
            if (!bound.equals(request.plan())) {
                refusals.template(
                        RefusalCode.TEMPLATE_PLAN_MISMATCH,
                        template,
                        "sql",
                        "the plan of template " + template.id() + " with these parameters");
            }
        } catch (Malformed e) {
            // The parameters were checked one by one before; whatever else does not fit is refused all the same.
            refusals.template(RefusalCode.PARAMETER_TYPE_MISMATCH, template, "parameters", parameters(template));
        }
    }

    private static Decision first(Refusals refusals) {
        return new Decision.Refused(refusals.all().getFirst());
    }

    private static void checkValidity(PolicyBundle bundle, QueryRequest request, Refusals refusals) {
        if (request.at().isBefore(bundle.validFrom())) {
            refusals.room(RefusalCode.POLICY_NOT_YET_VALID, "valid/from", "from " + bundle.validFrom());
        } else if (!bundle.isValidAt(request.at())) {
            refusals.room(RefusalCode.POLICY_EXPIRED, "valid/until", "a new version of the policy");
        }
    }

    private static void checkParties(Template template, QueryRequest request, Refusals refusals) {
        if (!template.runners().contains(request.runner())) {
            refusals.template(RefusalCode.NOT_A_RUNNER, template, "runners", "a run by " + template.runners());
        }
        if (request.recipients().isEmpty()) {
            refusals.template(RefusalCode.NO_RECIPIENT, template, "recipients", "to " + template.recipients());
        }
        var seen = new HashSet<>();
        for (var recipient : request.recipients()) {
            if (!template.recipients().contains(recipient) || !seen.add(recipient)) {
                refusals.template(
                        RefusalCode.RECIPIENT_NOT_ALLOWED, template, "recipients", "to " + template.recipients());
            }
        }
    }

    private static void checkParameters(Template template, QueryRequest request, Refusals refusals) {
        for (var parameter : template.parameters()) {
            var value = request.parameters().get(parameter.name());
            var path = "parameters/" + parameter.name();
            if (value == null) {
                refusals.template(RefusalCode.PARAMETER_MISSING, template, path, parameters(template));
            } else if (!parameter.accepts(value)) {
                refusals.template(
                        RefusalCode.PARAMETER_TYPE_MISMATCH,
                        template,
                        path,
                        "a constant of type " + parameter.type().text());
            }
        }
        for (var name : request.parameters().keySet()) {
            if (template.parameter(name).isEmpty()) {
                refusals.template(RefusalCode.PARAMETER_UNKNOWN, template, "parameters", parameters(template));
            }
        }
    }

    private static String parameters(Template template) {
        if (template.parameters().isEmpty()) {
            return "no parameters";
        }
        return String.join(
                ", ",
                template.parameters().stream()
                        .map(p -> p.name() + ": " + p.type().text())
                        .toList());
    }
}
