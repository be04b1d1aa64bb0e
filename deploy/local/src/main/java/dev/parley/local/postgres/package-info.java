/**
 * One PostgreSQL cluster per trust domain: own folder, own port on loopback, own passwords. Every connection is
 * authenticated by SCRAM, so other users of the machine stay outside, and parties stay outside of each other's.
 */
@NullMarked
package dev.parley.local.postgres;

import org.jspecify.annotations.NullMarked;
