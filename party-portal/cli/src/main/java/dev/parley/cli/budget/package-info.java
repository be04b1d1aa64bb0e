/** What the party's people may still lose, as its own portal keeps the account. Sees amounts, no data. */
@NullMarked
package dev.parley.cli.budget;

import org.jspecify.annotations.NullMarked;
