/**
 * A whole room on this machine: the trust domains with their clusters and realms, the services of each, and the steps
 * that the parties take. Services and commands are the real programs, as processes of their own; each gets the secrets of
 * its own domain only.
 */
@NullMarked
package dev.parley.local.room;

import org.jspecify.annotations.NullMarked;
