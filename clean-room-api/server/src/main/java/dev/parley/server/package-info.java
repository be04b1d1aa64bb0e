/**
 * The operator's server: it keeps rooms, ciphertext, the queue of runs and the public log, and is trusted for availability
 * alone. It checks early what brokers and enclaves check again, and never sees a row, a key, a result or a budget.
 */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
