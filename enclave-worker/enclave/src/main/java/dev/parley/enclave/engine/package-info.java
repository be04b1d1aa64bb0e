/**
 * Runs a plan over opened datasets in DuckDB, in this process. The engine gets SQL that is made here from the plan, and
 * integers: identities as four words, codes of groups, clamped measures. Text, conditions and literals stay on this side.
 * Trusts the plan, which the policy checker allowed, and no message of the engine: those carry values of the data, so only
 * codes leave this package.
 */
@NullMarked
package dev.parley.enclave.engine;

import org.jspecify.annotations.NullMarked;
