/**
 * Brings a sealed dataset to where it is used: its key to the party's own portal, its manifest and ciphertext to the
 * operator. Handles ciphertext only, and sends the operator nothing that opens it.
 */
@NullMarked
package dev.parley.cli.upload;

import org.jspecify.annotations.NullMarked;
