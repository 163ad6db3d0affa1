package io.aftercare.service.requisition;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What requisitions ask of work orders.
@FunctionalInterface
public interface OrdersOfCases {
    /// The number, such as `W-000007`, of a case's work order that somebody named by number or id; empty where the case has none
    /// of that name.
    Optional<String> number(Handle handle, String named, long ticket);
}
