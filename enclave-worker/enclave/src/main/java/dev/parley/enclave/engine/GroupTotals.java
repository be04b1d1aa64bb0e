package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.ExactResult;
import dev.parley.policy.plan.ColumnName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the answers of the passes and puts the groups in order. */
final class GroupTotals {
    private final CompiledPlan plan;
    private final List<GroupCodes> codes;
    private final Map<Long, GroupReader.Answer> totals = new HashMap<>();

    GroupTotals(CompiledPlan plan, List<GroupCodes> codes) {
        this.plan = plan;
        this.codes = codes;
    }

    void add(List<GroupReader.Answer> answers) {
        answers.forEach(answer -> totals.merge(answer.group(), answer, GroupReader.Answer::plus));
    }

    /** All groups of a declared domain, or those that were found, by their keys. */
    ExactResult result(GroupReader.Answer nothing) {
        var groups = new ArrayList<ExactResult.Group>();
        boolean declared = plan.grouping().isDeclared();
        if (declared) {
            for (long group = 0; group < plan.grouping().size(); group++) {
                groups.add(group(group, totals.getOrDefault(group, nothing)));
            }
        } else {
            totals.forEach((group, answer) -> groups.add(group(group, answer)));
            groups.sort(Comparator.comparing(ExactResult.Group::key, GroupTotals::compare));
        }
        List<ColumnName> names = plan.grouping().dimensions().stream()
                .map(Grouping.Dimension::as)
                .toList();
        return new ExactResult(declared, names, plan.measures().figures(), groups);
    }

    private ExactResult.Group group(long group, GroupReader.Answer answer) {
        return new ExactResult.Group(key(group), answer.people(), answer.values());
    }

    private List<String> key(long group) {
        var key = new ArrayList<String>();
        long rest = group;
        for (int i = 0; i < codes.size(); i++) {
            long weight = plan.grouping().dimensions().get(i).weight();
            key.add(codes.get(i).value(Math.toIntExact(rest / weight)));
            rest %= weight;
        }
        return key;
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
