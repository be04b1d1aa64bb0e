/**
 * Enclave images: build, measure, look into, sign and compare them ({@code docs/spec/enclave-image.md}). Trusts no image
 * and no measurements file: what it shows it computes from the image's bytes.
 */
@NullMarked
package dev.parley.cli.image;

import org.jspecify.annotations.NullMarked;
