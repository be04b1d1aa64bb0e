package dev.parley.policy.authoring;

import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.Floors;
import java.math.BigDecimal;

/** Epsilon as people write it: at most three decimals, from 0.001 to 20. Inside it is whole micro-epsilon. */
final class Epsilon {
    private static final BigDecimal LEAST = new BigDecimal("0.001");
    private static final int DECIMALS = 3;

    private Epsilon() {}

    static long read(YamlMap map, String key) throws YamlProblem {
        var epsilon = map.decimal(key);
        var most = BigDecimal.valueOf(Floors.MAX_MICRO_EPSILON, 6);
        if (epsilon.compareTo(LEAST) < 0 || epsilon.compareTo(most) > 0 || epsilon.scale() > DECIMALS) {
            throw new YamlProblem(
                    YamlProblem.Code.BAD_VALUE,
                    map.scalar(key).at(),
                    key + " must lie between 0.001 and 20, with at most three decimals");
        }
        return epsilon.movePointRight(6).longValueExact();
    }
}
