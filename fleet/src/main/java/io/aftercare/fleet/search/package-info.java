/// One search over things of all kinds: what each feature offers to it.
@NullMarked
package io.aftercare.fleet.search;

import org.jspecify.annotations.NullMarked;
