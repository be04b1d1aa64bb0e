/**
 * What starts first and ends last: connects to the door and to the security module, takes one run through its steps, and
 * ends the process. Everything lives for the length of one run, in memory; nothing is written, printed or logged.
 */
@NullMarked
package dev.parley.enclave.boot;

import org.jspecify.annotations.NullMarked;
