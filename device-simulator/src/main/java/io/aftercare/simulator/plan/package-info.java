/// What is to happen to devices, and when.
@NullMarked
package io.aftercare.simulator.plan;

import org.jspecify.annotations.NullMarked;
