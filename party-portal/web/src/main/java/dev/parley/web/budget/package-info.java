/**
 * What the people of this party's lineages may still lose, and what they lost: kept in the party's own database, so that
 * an operator who restores a backup gains nothing. A charge is never taken back and no edit of a policy refills it. Sees
 * identifiers, digests and costs alone.
 */
@NullMarked
package dev.parley.web.budget;

import org.jspecify.annotations.NullMarked;
