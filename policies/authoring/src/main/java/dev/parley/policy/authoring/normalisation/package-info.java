/**
 * How identifiers that people write in many ways become one form, so that equal people are equal after hashing. Runs where
 * the rows are, at their party; keeps and logs nothing of them. A hash of an identifier is still personal data: it can be
 * guessed, which is why datasets are sealed besides.
 */
@NullMarked
package dev.parley.policy.authoring.normalisation;

import org.jspecify.annotations.NullMarked;
