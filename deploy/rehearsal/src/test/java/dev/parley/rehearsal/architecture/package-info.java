/** The rules that keep the house: arrows between modules, no cycles, names, what is measured, what the pages promise. */
@NullMarked
package dev.parley.rehearsal.architecture;

import org.jspecify.annotations.NullMarked;
