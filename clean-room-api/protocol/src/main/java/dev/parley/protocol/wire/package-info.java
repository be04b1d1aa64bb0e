/**
 * The messages that servers, hosts and clients exchange over HTTP, in JSON. Everything here is public to the operator:
 * identifiers, states, digests, signed and sealed bytes. Trusts nothing; a message is a claim of who sent it until a
 * signature, a digest or evidence says otherwise. Never carries a row, a key or a result in the clear.
 */
@NullMarked
package dev.parley.protocol.wire;

import org.jspecify.annotations.NullMarked;
