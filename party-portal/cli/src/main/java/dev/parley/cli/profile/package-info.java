/**
 * Who the person at the command is and where that party's services are: profiles in the home folder, and the bundles that
 * were approved there. Trusts its own files, which only their owner reads; holds no secret but a path to one.
 */
@NullMarked
package dev.parley.cli.profile;

import org.jspecify.annotations.NullMarked;
