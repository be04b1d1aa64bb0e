/**
 * The child processes of a local room: started with a log file each, waited for until they answer, stopped in reverse
 * order. Nothing survives this JVM: not a failed start, not Ctrl-C, and on Linux not even a kill that no hook sees. A
 * command line is visible to every user of the machine, so secrets travel in the environment only.
 */
@NullMarked
package dev.parley.local.process;

import org.jspecify.annotations.NullMarked;
