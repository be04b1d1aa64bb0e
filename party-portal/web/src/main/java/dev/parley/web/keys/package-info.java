/**
 * The party's keys as the broker uses them: unlocked by a passphrase at start, in memory until the process ends. Nothing
 * outside this package and {@code release} may hold one.
 */
@NullMarked
package dev.parley.web.keys;

import org.jspecify.annotations.NullMarked;
