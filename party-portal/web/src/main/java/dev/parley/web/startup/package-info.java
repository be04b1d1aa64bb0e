/** How this process ends when it cannot begin. Writes one line, never a value of a setting or a file. */
@NullMarked
package dev.parley.web.startup;

import org.jspecify.annotations.NullMarked;
