package dev.parley.web.budget;

import dev.parley.policy.bundle.Budget;
import java.util.List;

/** The budgets that this party states for its lineages in the newest bundles that it signed. */
public interface StatedBudgets {
    /** One per lineage: where rooms differ, the strictest. */
    List<Budget> stated();
}
