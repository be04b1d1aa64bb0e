/**
 * The enclave image as a file: EIF version 4 with its builder, its strict reader and its measurer, and the texts inside
 * it that decide how the program starts. Trusts nothing that it reads; sees public bytes only. Specified in
 * {@code docs/spec/enclave-image.md} §§1–3.
 */
@NullMarked
package dev.parley.image.eif;

import org.jspecify.annotations.NullMarked;
