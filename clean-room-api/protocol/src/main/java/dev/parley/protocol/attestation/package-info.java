/**
 * Evidence and its verification, as {@code docs/spec/attestation.md} says. {@link Evidence} is bytes that nobody has
 * checked; only an {@link AttestationVerifier} turns them into something {@link Attested}. Trusts the roots that its
 * caller pins and nothing ambient: no clock, no key store, no setting that makes it milder.
 */
@NullMarked
package dev.parley.protocol.attestation;

import org.jspecify.annotations.NullMarked;
