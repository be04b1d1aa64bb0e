/**
 * From what the host hands in to a run that may be run: the policy and its approvals, the request, the brokers'
 * challenges, the two phases of the key release ({@code docs/spec/key-release.md}). Believes signatures under keys of the
 * policy bundle, never the host. Holds released keys and seeds until the run has used them.
 */
@NullMarked
package dev.parley.enclave.intake;

import org.jspecify.annotations.NullMarked;
