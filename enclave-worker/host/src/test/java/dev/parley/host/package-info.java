/** How the host is started. */
@NullMarked
package dev.parley.host;

import org.jspecify.annotations.NullMarked;
