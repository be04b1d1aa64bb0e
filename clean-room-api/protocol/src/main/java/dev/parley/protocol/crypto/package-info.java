/**
 * Digests, signatures and keys in the few forms that Parley allows: SHA-256, SHA-384, ECDSA P-384 as JWS, JWK. Public
 * facts are records, secret keys are not. Trusts the JDK's provider and Bouncy Castle; parses every signature and point
 * itself before they see it.
 */
@NullMarked
package dev.parley.protocol.crypto;

import org.jspecify.annotations.NullMarked;
