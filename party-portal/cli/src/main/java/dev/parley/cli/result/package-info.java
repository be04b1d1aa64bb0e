/**
 * Results and what proves them: fetched, verified offline by the steps of {@code docs/spec/receipt.md}, and only then
 * opened. Believes the policy that the party approved and a pinned trust root, never the operator.
 */
@NullMarked
package dev.parley.cli.result;

import org.jspecify.annotations.NullMarked;
