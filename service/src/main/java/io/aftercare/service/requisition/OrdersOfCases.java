package io.aftercare.service.requisition;

import org.jdbi.v3.core.Handle;

/// What requisitions ask of work orders.
@FunctionalInterface
public interface OrdersOfCases {
    /// Whether this work order is one of the case's.
    boolean isOf(Handle handle, String order, long ticket);
}
