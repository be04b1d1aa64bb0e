/**
 * The public log: entries appended without gaps in the transaction of what they tell, checkpoints signed with the
 * operator's log key, proofs for everyone. Entries hold identifiers and digests, never data. Specified in
 * {@code docs/spec/log.md}.
 */
@NullMarked
package dev.parley.server.log;

import org.jspecify.annotations.NullMarked;
