/**
 * The certificates of one installation's simulated Nitro: a root that is made once and kept, and authorities and leaves
 * of the shape and lifetimes of AWS's below it. Holds the root's secret key; every name here says SIM, so that nobody
 * takes one for AWS's.
 */
@NullMarked
package dev.parley.simulator.pki;

import org.jspecify.annotations.NullMarked;
