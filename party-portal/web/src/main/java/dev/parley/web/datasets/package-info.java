/**
 * The register of this party's sealed datasets: signed manifests and the wrapped keys that the broker opens. Believes
 * manifests under the party's own steward keys; sees no row and no open key, and what it shreds nobody opens again.
 */
@NullMarked
package dev.parley.web.datasets;

import org.jspecify.annotations.NullMarked;
