/** What the portal says of itself: public keys and whose evidence it verifies. Holds no secret. */
@NullMarked
package dev.parley.web.status;

import org.jspecify.annotations.NullMarked;
