package io.aftercare.service.workorder;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What those who mind quotes, consents and stock demand before a device is worked on. Works in the caller's transaction.
public interface PartsGate {
    /// What is missing before the repair begins: chargeable work needs an accepted quote (R7). Empty where nothing is.
    Optional<String> missingToRepair(Handle handle, WorkOrder order);

    /// What is missing before a part is fitted: consent (R8) and an issued requisition (R46). Empty where nothing is.
    Optional<String> missingToFit(Handle handle, WorkOrder order, Course.Fitted part);
}
