package dev.parley.policy.authoring.review;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.room.KeyUse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A bundle in plain English, for those who decide whether to sign it. */
public final class Explanation {
    private final List<Section> sections = new ArrayList<>();

    private Explanation() {}

    /** A heading and its sentences. */
    public record Section(String heading, List<String> sentences) {
        public Section {
            sentences = List.copyOf(sentences);
        }
    }

    public static List<Section> of(PolicyBundle bundle) {
        var explanation = new Explanation();
        explanation.room(bundle);
        bundle.parties().forEach(explanation::party);
        bundle.datasets().forEach(explanation::dataset);
        bundle.privacy().forEach(explanation::limits);
        bundle.templates().forEach(explanation::template);
        return List.copyOf(explanation.sections);
    }

    public static String text(PolicyBundle bundle) {
        return of(bundle).stream()
                .map(section -> section.heading() + "\n"
                        + section.sentences().stream()
                                .map(sentence -> "  " + sentence + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    private void room(PolicyBundle bundle) {
        var values = bundle.referenceValues();
        add(
                "Room " + bundle.room() + ", version " + bundle.version(),
                "Purpose: " + bundle.purpose() + ".",
                "Digest: " + bundle.digest().hex(),
                "In force from " + bundle.validFrom() + " until " + bundle.validUntil()
                        + ", once every quorum has signed.",
                values.trustDomain() == TrustDomain.SIMULATED
                        ? "Enclaves are SIMULATED: whoever runs the machine could look inside."
                        : "Enclaves run on AWS Nitro.",
                values.measurements().size() + " enclave image(s) may compute.",
                "Nobody receives rows: the only answers are those of the templates below.");
    }

    private void party(Party party) {
        add(
                "Party " + party.id() + ": " + party.name(),
                "Root key " + party.rootKey().thumbprint() + ": compare it with them by another way than this.",
                "Approves with "
                        + party.quorum().entrySet().stream()
                                .map(role -> role.getValue() + " as " + role.getKey())
                                .collect(Collectors.joining(", "))
                        + "; " + party.keys(KeyUse.APPROVER).size() + " people hold approver keys.");
    }

    private void dataset(Dataset dataset) {
        var sentences = new ArrayList<String>();
        sentences.add("Belongs to " + dataset.owner() + "; its people are the lineage " + dataset.lineage() + ".");
        dataset.columns().forEach(column -> sentences.add(column.name() + " " + use(column) + "."));
        sections.add(new Section("Dataset " + dataset.id(), sentences));
    }

    private static String use(Column column) {
        return switch (column.role()) {
            case IDENTITY ->
                "identifies people (" + column.normalisation().orElse("") + "): it joins and counts them, nothing else";
            case DIMENSION ->
                "groups and filters"
                        + column.domain()
                                .map(domain -> ", " + domain.values().size() + " values")
                                .orElse("");
            case MEASURE ->
                "is summed and averaged"
                        + column.bounds()
                                .map(b -> ", each value held between " + b.min().toPlainString() + " and "
                                        + b.max().toPlainString())
                                .orElse("");
            case FILTER -> "is compared with constants, never shown";
            case HIDDEN -> "is never read";
        };
    }

    private void limits(Privacy limits) {
        var sentences = new ArrayList<String>();
        sentences.add("Results may leave: "
                + list(limits.modes().stream().map(Explanation::mode).toList()) + ".");
        limits.thresholds()
                .forEach(t -> sentences.add(
                        "An exact group shows at least " + t.people() + " people of " + t.dataset() + "."));
        limits.budgets()
                .forEach(b -> sentences.add("The people of " + b.lineage() + " lose at most epsilon "
                        + epsilon(b.microEpsilon()) + (b.period() == Budget.Period.YEAR ? " a year." : ", ever.")));
        sentences.add("One run costs at most epsilon " + epsilon(limits.perRun().maxMicroEpsilon()) + ".");
        sentences.add("One person adds to at most " + limits.perRun().maxGroupsPerPerson() + " group(s), with at most "
                + limits.perRun().maxRowsPerGroupPerPerson() + " row(s) each.");
        limits.repeats()
                .maxRunsPerDayPerRunner()
                .ifPresent(runs -> sentences.add("A runner has at most " + runs + " runs a day."));
        sections.add(new Section("Limits of " + limits.party() + " (" + limits.source() + ")", sentences));
    }

    private void template(Template template) {
        var cost = template.mode().addsNoise()
                ? ", for at most epsilon " + epsilon(template.maxMicroEpsilon()) + " a run"
                : "";
        add(
                "Question " + template.id() + ": " + template.title(),
                list(template.runners()) + " may ask; " + list(template.recipients()) + " may receive.",
                "The answer leaves " + mode(template.mode()) + cost + ".",
                "It reads " + list(template.plan().datasets()) + " and gives "
                        + template.plan().aggregates().size() + " figure(s) by "
                        + (template.plan().groupBy().isEmpty()
                                ? "nothing: one total"
                                : list(template.plan().groupBy().stream()
                                        .map(Explanation::group)
                                        .toList()))
                        + ".",
                "Of the answer it shows " + excerpt(template.plan().excerpt()) + ".");
    }

    private static String group(Group group) {
        return group.dimension()
                + group.buckets()
                        .map(buckets -> " in the groups " + String.join(", ", buckets.labels()))
                        .orElse("");
    }

    private static String excerpt(Excerpt excerpt) {
        if (excerpt.equals(Excerpt.WHOLE)) {
            return "all groups";
        }
        return excerpt.limit().map(rows -> "the first " + rows + " groups").orElse("the groups")
                + (excerpt.having().isEmpty()
                        ? ""
                        : " whose released figures meet " + excerpt.having().size() + " condition(s)")
                + (excerpt.order().isEmpty()
                        ? ""
                        : ", sorted by "
                                + list(excerpt.order().stream()
                                        .map(Excerpt.Order::by)
                                        .toList()));
    }

    private static String mode(ReleaseMode mode) {
        return switch (mode) {
            case DP -> "with noise";
            case THRESHOLD -> "exact, above thresholds";
            case DP_AND_THRESHOLD -> "with noise and above thresholds";
        };
    }

    private static String list(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String epsilon(long micro) {
        return BigDecimal.valueOf(micro, 6).stripTrailingZeros().toPlainString();
    }

    private void add(String heading, String... sentences) {
        sections.add(new Section(heading, List.of(sentences)));
    }
}
