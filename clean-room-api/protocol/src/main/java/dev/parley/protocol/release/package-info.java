/**
 * The two-phase release of dataset keys to an attested enclave: challenge, binding, grant, release, as
 * {@code docs/spec/key-release.md} specifies them. Statements are believed only under a broker key of the policy bundle;
 * secrets exist here for the length of one call and leave only sealed to an attested key.
 */
@NullMarked
package dev.parley.protocol.release;

import org.jspecify.annotations.NullMarked;
