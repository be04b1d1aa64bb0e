/**
 * Policies at the command: compiled from a room folder, shown, approved. An approval needs a person who compared the other
 * parties' root keys out of band; nothing here decides for that person. Sees no data of any party.
 */
@NullMarked
package dev.parley.cli.policy;

import org.jspecify.annotations.NullMarked;
