/** HTTP with an end: whoever is asked, and however slowly it answers, a question takes no longer than it may. */
@NullMarked
package dev.parley.host.web;

import org.jspecify.annotations.NullMarked;
