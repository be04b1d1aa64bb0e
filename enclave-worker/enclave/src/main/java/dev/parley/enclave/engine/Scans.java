package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

import dev.parley.enclave.privacy.SelectionKeys;
import dev.parley.protocol.room.DatasetId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scans of one run: of each dataset, for each pass. */
final class Scans {
    private final CompiledPlan plan;
    private final SelectionKeys keys;
    private final List<Census.Side> sides = new ArrayList<>();

    /** The codes are those of the groups' dimensions; all scans share them. */
    Scans(CompiledPlan plan, List<GroupCodes> codes, Map<DatasetId, TableSource> sources, SelectionKeys keys) {
        this.plan = plan;
        this.keys = keys;
        for (var scan : plan.scans()) {
            var digits =
                    scan.digits().stream().map(digit -> digit(digit, codes)).toList();
            sides.add(new Census.Side(
                    requireNonNull(sources.get(scan.dataset())), scan, new RowSelector(scan.filters(), digits)));
        }
    }

    private GroupDigit digit(ScanPlan.Digit digit, List<GroupCodes> codes) {
        long weight = plan.grouping().dimensions().get(digit.dimension()).weight();
        return digit.buckets()
                .<GroupDigit>map(cases -> new GroupDigit.Bucket(
                        cases.conditions(),
                        cases.otherwise() ? Optional.of(cases.conditions().size() * weight) : Optional.empty(),
                        weight))
                .orElseGet(() -> new GroupDigit.Value(digit.column(), codes.get(digit.dimension()), weight));
    }

    long rows() {
        return sides.stream().mapToLong(side -> side.source().rows()).sum();
    }

    Census census(int threads) {
        return new Census(sides, threads);
    }

    /** Each scan of a pass under the name that its SQL calls it by. */
    Map<String, Scan> of(Pass pass) {
        var scans = new LinkedHashMap<String, Scan>();
        for (int i = 0; i < sides.size(); i++) {
            var side = sides.get(i);
            scans.put(
                    PlanSql.scan(i),
                    new Scan(side.source(), side.plan(), side.selector(), pass.people(), keys(pass, side, i == 0)));
        }
        return scans;
    }

    private ScanKeys keys(Pass pass, Census.Side side, boolean first) {
        if (pass.single() || plan.limits().noise().isEmpty()) {
            return ScanKeys.NONE;
        }
        return new ScanKeys(
                Optional.of(keys.rowsOf(side.plan().dataset())),
                first && plan.boundsGroups() ? Optional.of(keys.people()) : Optional.empty());
    }
}
