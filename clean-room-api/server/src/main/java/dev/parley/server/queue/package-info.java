/**
 * The queue as enclave hosts see it: one claim per run at a time, a lease that ends, a token that fences off whoever held
 * it before. Hosts belong to the operator: they see signed and sealed bytes and are trusted with availability alone.
 */
@NullMarked
package dev.parley.server.queue;

import org.jspecify.annotations.NullMarked;
