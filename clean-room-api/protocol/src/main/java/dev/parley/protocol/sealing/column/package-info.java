/**
 * Columnar blocks: the payload of a sealed dataset, at most 16,384 rows each, written without boxing and read in place.
 * Specified in {@code docs/spec/sealed-dataset.md} §3.
 *
 * <p>The reader trusts nothing: an owner may have made the bytes by hand. Whatever is wrong with them is
 * {@link dev.parley.protocol.encoding.Malformed}, and no message shows a value.
 */
@NullMarked
package dev.parley.protocol.sealing.column;

import org.jspecify.annotations.NullMarked;
