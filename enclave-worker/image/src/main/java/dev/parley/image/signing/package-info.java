/**
 * The signature section of an image: who signs PCR0, how that is checked before an image is launched, and PCR8, which
 * tells verifiers of evidence who it was ({@code docs/spec/enclave-image.md} §5). Trusts no certificate: a signer is whom
 * a policy names by PCR8. Holds secret keys only in {@link dev.parley.image.signing.ImageSigningKey}.
 */
@NullMarked
package dev.parley.image.signing;

import org.jspecify.annotations.NullMarked;
