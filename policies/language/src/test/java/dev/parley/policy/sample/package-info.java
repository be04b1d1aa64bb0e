/**
 * A room with two parties, real keys, endorsements and approvals, for tests. Everything in it passes through the
 * production verifiers; nothing is switched off.
 */
@NullMarked
package dev.parley.policy.sample;

import org.jspecify.annotations.NullMarked;
