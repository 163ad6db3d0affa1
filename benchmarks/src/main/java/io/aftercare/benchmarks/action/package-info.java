/// How long a remote action takes from its request to the device.
@NullMarked
package io.aftercare.benchmarks.action;

import org.jspecify.annotations.NullMarked;
