/// Releases: manifests signed offline, verified at upload, and their artifacts.
@NullMarked
package io.aftercare.ota.release;

import org.jspecify.annotations.NullMarked;
