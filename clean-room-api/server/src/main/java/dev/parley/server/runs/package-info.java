/**
 * Runs: signed requests taken up once each, early answers, states, sealed results and receipts. What is decided here early
 * is a courtesy: brokers and enclaves decide again. A run exists for who asked, who receives and whose data is used. Sees
 * results only sealed.
 */
@NullMarked
package dev.parley.server.runs;

import org.jspecify.annotations.NullMarked;
