/** The enclave's image as it is built from this checkout: what is measured, and that nothing in it goes unmeasured. */
@NullMarked
package dev.parley.rehearsal.image;

import org.jspecify.annotations.NullMarked;
