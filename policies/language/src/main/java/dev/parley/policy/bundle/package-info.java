/**
 * The policy bundle: everything that governs one room, as one canonical document with one digest. Whoever holds a bundle
 * holds a document that is consistent in itself (names resolve, endorsements verify); whether it is in force is decided
 * by {@code dev.parley.policy.approval}, and what it allows by {@code dev.parley.policy.check}. Measured code: it sees no
 * data and reads no file.
 */
@NullMarked
package dev.parley.policy.bundle;

import org.jspecify.annotations.NullMarked;
