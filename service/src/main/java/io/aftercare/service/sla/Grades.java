package io.aftercare.service.sla;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// To which group of customers a case belongs, whose promises may differ (R92).
@FunctionalInterface
public interface Grades {
    /// What everybody has who has no other.
    String STANDARD = "standard";

    /// @param device  its serial, empty where none is known
    /// @param contact pseudonym of the one who reported it
    /// @return such as `standard` or `gold`
    String of(Handle handle, String device, @Nullable String contact);
}
