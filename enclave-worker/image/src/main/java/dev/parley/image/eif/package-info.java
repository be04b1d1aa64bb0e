/**
 * The enclave image as a file: EIF version 4 with its builder, its strict reader and its measurer, and the texts inside
 * it that decide how the program starts. Trusts nothing that it reads; sees public bytes only. Reference: the format
 * notes in {@code docs/spec/enclave-channel.md}, "The image".
 */
@NullMarked
package dev.parley.image.eif;

import org.jspecify.annotations.NullMarked;
