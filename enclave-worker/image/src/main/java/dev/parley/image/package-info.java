/**
 * Makes the enclave image out of the measured jars, the JDK that runs the build and the libc of the machine. Trusts the
 * build machine for what it links, which is why all of it is a stated input: who rebuilds with the same jars, JDK and
 * libc gets the same bytes ({@code docs/spec/enclave-image.md} §4). Sees no data.
 */
@NullMarked
package dev.parley.image;

import org.jspecify.annotations.NullMarked;
