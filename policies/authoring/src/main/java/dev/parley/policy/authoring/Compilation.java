package dev.parley.policy.authoring;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.PolicyBundle;
import java.util.List;

/** What became of a room folder. */
public sealed interface Compilation {
    /** What there is to say, in the order of files. */
    List<Finding> findings();

    /**
     * A bundle, ready to be compared and approved.
     *
     * @param findings warnings alone
     */
    record Compiled(PolicyBundle bundle, List<Finding> findings) implements Compilation {
        public Compiled {
            requireNonNull(bundle);
            findings = List.copyOf(findings);
        }
    }

    /** No bundle: at least one error. */
    record NotCompiled(List<Finding> findings) implements Compilation {
        public NotCompiled {
            findings = List.copyOf(findings);
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("what is not compiled has a reason");
            }
        }
    }
}
