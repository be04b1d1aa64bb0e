/** Tests of signed images. Keys and certificates are made for each test, or by OpenSSL. */
@NullMarked
package dev.parley.image.signing;

import org.jspecify.annotations.NullMarked;
