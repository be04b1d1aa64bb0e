/** What the server's tests stand on: a real PostgreSQL, an issuer of real tokens, a clock that can be moved, sample rooms. */
@NullMarked
package dev.parley.server.testing;

import org.jspecify.annotations.NullMarked;
