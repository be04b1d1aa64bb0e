/** The pool against enclaves that live, die and fail to boot as a test says, at real doors. */
@NullMarked
package dev.parley.host.platform;

import org.jspecify.annotations.NullMarked;
