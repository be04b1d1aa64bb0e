/** Posts what enclaves say to the key brokers of parties, and brings back what they answer, unread. */
@NullMarked
package dev.parley.host.broker;

import org.jspecify.annotations.NullMarked;
