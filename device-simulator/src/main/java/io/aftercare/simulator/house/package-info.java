/// A month of a small maker's after-sales work, filled into a running backend as its people, its customers and their devices would:
/// through HTTP and MQTT alone. What the house is stands in records ([Town], [Neighbours], [Appliances], …); those who do it
/// ([Opening], [Moving], …) only post.
@NullMarked
package io.aftercare.simulator.house;

import org.jspecify.annotations.NullMarked;
