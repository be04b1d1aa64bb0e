/**
 * The party's own database, for what must be exact SQL in one transaction: challenges, heads and the ledger. Believes
 * what it stored; lets no text of a statement or value out.
 */
@NullMarked
package dev.parley.web.database;

import org.jspecify.annotations.NullMarked;
