/** A host between a scripted enclave and a real HTTP server that plays operator and brokers. */
@NullMarked
package dev.parley.host.carriage;

import org.jspecify.annotations.NullMarked;
