/**
 * What a verifier found, as a token that any JWT library reads: an Entity Attestation Token (RFC 9711), specified in
 * {@code docs/spec/attestation.md} §10. It is worth as much as its issuer: whoever can look at the evidence itself
 * should.
 */
@NullMarked
package dev.parley.protocol.attestation.eat;

import org.jspecify.annotations.NullMarked;
