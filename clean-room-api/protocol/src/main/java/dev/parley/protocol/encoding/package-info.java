/**
 * Bytes and their strict text forms. Everything that decodes here refuses what it would not print itself, so that one
 * value has one spelling. Trusts nothing; sees only what its callers hand over and keeps none of it.
 */
@NullMarked
package dev.parley.protocol.encoding;

import org.jspecify.annotations.NullMarked;
