/// What devices are asked to do, and how they answer.
@NullMarked
package io.aftercare.simulator.action;

import org.jspecify.annotations.NullMarked;
