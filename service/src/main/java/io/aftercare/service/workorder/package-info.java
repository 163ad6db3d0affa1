/// Work orders: who is sent to a device, when, and what came of it. [io.aftercare.service.workorder.WorkOrders] is how other
/// rooms meet them.
@NullMarked
package io.aftercare.service.workorder;

import org.jspecify.annotations.NullMarked;
