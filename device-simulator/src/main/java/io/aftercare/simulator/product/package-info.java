/// What a product measures and can be asked to do, as the staff API wants to hear it.
@NullMarked
package io.aftercare.simulator.product;

import org.jspecify.annotations.NullMarked;
