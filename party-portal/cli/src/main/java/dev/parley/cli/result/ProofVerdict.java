package dev.parley.cli.result;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.receipt.VerifiedReceipt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What became of the checks of a proof. */
sealed interface ProofVerdict {
    record Holds(VerifiedReceipt receipt) implements ProofVerdict {
        public Holds {
            requireNonNull(receipt);
        }
    }

    record Fails(ProofStep step) implements ProofVerdict {
        public Fails {
            requireNonNull(step);
        }
    }

    default Optional<ProofStep> failed() {
        return this instanceof Fails(var step) ? Optional.of(step) : Optional.empty();
    }

    /** Every step with its outcome: those after the first failure were not checked. */
    default List<Check> checks(boolean withResult) {
        return Arrays.stream(ProofStep.values())
                .filter(step -> withResult || step != ProofStep.RESULT)
                .map(this::check)
                .toList();
    }

    private Check check(ProofStep step) {
        var order = failed().map(step::compareTo).orElse(-1);
        var outcome = order < 0 ? Check.Outcome.PASSED : order == 0 ? Check.Outcome.FAILED : Check.Outcome.NOT_CHECKED;
        return new Check(
                step.title(), step.meaning(), outcome, order == 0 ? Optional.of(step.code()) : Optional.empty());
    }
}
