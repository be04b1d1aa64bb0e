/**
 * The enclave's view of the Nitro security module: measurements, registers and evidence. The module is the root of what
 * others believe about this enclave; it sees digests and public keys, never a secret.
 */
@NullMarked
package dev.parley.enclave.securitymodule;

import org.jspecify.annotations.NullMarked;
