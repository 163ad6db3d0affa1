package io.aftercare.service.survey;

import org.jdbi.v3.core.Handle;

/// Hears of customers who gave a low score, in the transaction that keeps it (R38, R65).
@FunctionalInterface
public interface Displeased {
    /// @param why the scores in words; the comment is the customer's and stays in the survey
    void tell(Handle handle, long survey, long ticket, String why);
}
