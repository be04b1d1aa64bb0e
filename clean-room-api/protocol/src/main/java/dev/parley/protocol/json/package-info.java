/**
 * The JSON that is signed and hashed: a strict reader and the canonical form of RFC 8785, restricted to integers of at
 * most 53 bits (larger and decimal numbers are strings). Trusts nothing it reads; measured code, so it stands on
 * jackson-core's streaming parser alone.
 */
@NullMarked
package dev.parley.protocol.json;

import org.jspecify.annotations.NullMarked;
