/**
 * What a local room keeps between two starts: folders readable by their owner alone, generated secrets, and the ports
 * that signed policies name. Everything here is made by this installation; nothing of it is ever committed.
 */
@NullMarked
package dev.parley.local.state;

import org.jspecify.annotations.NullMarked;
