package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

import dev.parley.enclave.privacy.ExactResult;
import dev.parley.enclave.privacy.SelectionKeys;
import dev.parley.protocol.room.DatasetId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scans of one run and the codes of its groups. */
final class Scans {
    private final CompiledPlan plan;
    private final List<GroupCodes> codes;
    private final Map<String, Scan> byFunction = new LinkedHashMap<>();

    Scans(CompiledPlan plan, Map<DatasetId, TableSource> sources, SelectionKeys keys) {
        this.plan = plan;
        codes = plan.grouping().dimensions().stream()
                .map(Grouping.Dimension::newCodes)
                .toList();
        for (int side = 0; side < plan.scans().size(); side++) {
            var scan = plan.scans().get(side);
            var source = requireNonNull(sources.get(scan.dataset()));
            byFunction.put(
                    side == 0 ? PlanSql.LEFT : PlanSql.RIGHT,
                    new Scan(source, scan, digits(scan), keys(keys, scan.dataset(), side == 0)));
        }
    }

    /** Each scan under the name that the SQL calls it by. */
    Map<String, Scan> byFunction() {
        return byFunction;
    }

    private List<Scan.Digits> digits(ScanPlan scan) {
        return scan.digits().stream()
                .map(digit -> new Scan.Digits(
                        digit.column(),
                        codes.get(digit.dimension()),
                        plan.grouping().dimensions().get(digit.dimension()).weight()))
                .toList();
    }

    private ScanKeys keys(SelectionKeys keys, DatasetId dataset, boolean left) {
        if (plan.limits().noise().isEmpty()) {
            return ScanKeys.NONE;
        }
        return new ScanKeys(
                Optional.of(keys.rowsOf(dataset)),
                left && plan.boundsGroups() ? Optional.of(keys.people()) : Optional.empty());
    }

    /** Puts the answers in order: all groups of a declared domain, or those that were found, by their keys. */
    ExactResult result(GroupReader reader, List<GroupReader.Answer> answers) {
        var groups = new ArrayList<ExactResult.Group>();
        boolean declared = plan.grouping().isDeclared();
        if (declared) {
            var found = new HashMap<Long, GroupReader.Answer>();
            answers.forEach(answer -> found.put(answer.group(), answer));
            for (long group = 0; group < plan.grouping().size(); group++) {
                var answer = found.get(group);
                groups.add(
                        answer == null
                                ? new ExactResult.Group(key(group), reader.nobody(), reader.nothing())
                                : group(answer));
            }
        } else {
            answers.forEach(answer -> groups.add(group(answer)));
            groups.sort(Comparator.comparing(ExactResult.Group::key, Scans::compare));
        }
        var names = plan.grouping().dimensions().stream()
                .map(Grouping.Dimension::as)
                .toList();
        return new ExactResult(declared, names, plan.measures().figures(), groups);
    }

    private ExactResult.Group group(GroupReader.Answer answer) {
        return new ExactResult.Group(key(answer.group()), answer.people(), answer.values());
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
