/**
 * The host's end of an enclave's door: answers its questions ({@code docs/spec/enclave-channel.md}) by carrying bytes
 * from the operator's API and to the brokers. Understands no statement that it carries.
 */
@NullMarked
package dev.parley.host.carriage;

import org.jspecify.annotations.NullMarked;
