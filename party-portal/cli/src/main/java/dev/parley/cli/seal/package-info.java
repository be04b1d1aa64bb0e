/**
 * From a party's CSV file to a sealed dataset: read strictly, mapped to the policy's columns, identifiers normalised and
 * hashed, everything encrypted under a fresh key before it touches the disk again. Sees rows in the clear, so nothing here
 * may put a cell, a header or a part of one into a message.
 */
@NullMarked
package dev.parley.cli.seal;

import org.jspecify.annotations.NullMarked;
