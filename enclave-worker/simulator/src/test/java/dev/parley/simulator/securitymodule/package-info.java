/** Tests of the security module through its socket, as the platform's own checks go through them. */
@NullMarked
package dev.parley.simulator.securitymodule;

import org.jspecify.annotations.NullMarked;
