/** Tests of the certificates, judged by the verifier that production uses. */
@NullMarked
package dev.parley.simulator.pki;

import org.jspecify.annotations.NullMarked;
