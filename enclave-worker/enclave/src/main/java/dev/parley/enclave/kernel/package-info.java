/**
 * The few system calls that the JDK has no method for, through libc's {@code syscall}: opening and asking the security
 * module's device, and memory that others cannot read. It knows numbers and error numbers, nothing of what is carried.
 */
@NullMarked
package dev.parley.enclave.kernel;

import org.jspecify.annotations.NullMarked;
