/** Tests of what is taken in: where released secrets are between their release and their use. */
@NullMarked
package dev.parley.enclave.intake;

import org.jspecify.annotations.NullMarked;
