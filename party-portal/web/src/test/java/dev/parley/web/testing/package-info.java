/**
 * A portal's surroundings for tests: PostgreSQL, an issuer, an unlocked key store, a simulated platform and an enclave
 * that asks. Everything passes through the production verifiers; nothing is switched off.
 */
@NullMarked
package dev.parley.web.testing;

import org.jspecify.annotations.NullMarked;
