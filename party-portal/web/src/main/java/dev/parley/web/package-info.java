/**
 * One party's process: its key broker, which releases keys and noise to attested enclaves, and the backend of its portal.
 * It trusts its own key store, its own database and its own identity realm; never the operator, a host, or another party.
 * It never sees a row.
 */
@NullMarked
package dev.parley.web;

import org.jspecify.annotations.NullMarked;
