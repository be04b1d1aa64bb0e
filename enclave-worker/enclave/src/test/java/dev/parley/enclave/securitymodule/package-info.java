/** Tests of the way to the security module: one contract for the socket and the device, and what only a device can do. */
@NullMarked
package dev.parley.enclave.securitymodule;

import org.jspecify.annotations.NullMarked;
