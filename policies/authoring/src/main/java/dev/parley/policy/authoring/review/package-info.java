/**
 * Bundles for the people who sign them: what one says in plain English, and what changes between two. Works on bundles
 * alone, never on the files, so that what is read is what is signed.
 */
@NullMarked
package dev.parley.policy.authoring.review;

import org.jspecify.annotations.NullMarked;
