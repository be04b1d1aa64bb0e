package dev.parley.policy.authoring.yaml;

import dev.parley.policy.check.Nearest;
import java.util.Collection;

/** Names that are defined somewhere, and what somebody meant who wrote another. */
public final class KnownNames {
    private KnownNames() {}

    /** One of {@code known}, or refused naming the nearest. */
    public static void require(YamlNode.Scalar scalar, Collection<String> known, String what) throws YamlProblem {
        if (!known.contains(scalar.text())) {
            throw new YamlProblem(
                    YamlProblem.Code.UNKNOWN_NAME, scalar.at(), "no such " + what + meant(scalar.text(), known));
        }
    }

    static String meant(String word, Collection<String> known) {
        return Nearest.to(word, known)
                .map(nearest -> "; did you mean " + nearest + "?")
                .orElseGet(() -> "; known here: " + String.join(", ", known));
    }
}
