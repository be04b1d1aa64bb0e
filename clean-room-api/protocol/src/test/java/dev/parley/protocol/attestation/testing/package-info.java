/**
 * A platform for tests: its chains have the shape of AWS's and its evidence passes the production verifier, since it is
 * really signed. For tests of every module; nothing here is compiled into a product.
 */
@NullMarked
package dev.parley.protocol.attestation.testing;

import org.jspecify.annotations.NullMarked;
