/**
 * The file of a sealed dataset, written from rows and read as blocks. Specified in {@code docs/spec/sealed-dataset.md} §1,
 * §3 and §7.
 *
 * <p>Trusts the key and a verified manifest, nothing of the file. What is read counts only once
 * {@link dev.parley.protocol.sealing.file.SealedDatasetReader#verify()} has returned.
 */
@NullMarked
package dev.parley.protocol.sealing.file;

import org.jspecify.annotations.NullMarked;
