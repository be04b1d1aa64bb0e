/**
 * The checker that decides everywhere: in the CLI, the portal, the API, the key broker and the enclave. It decides without
 * data and without a clock of its own; every refusal says which rule, whose it is, and what would be allowed. At this
 * decision point an exception is a denial.
 */
@NullMarked
package dev.parley.policy.check;

import org.jspecify.annotations.NullMarked;
