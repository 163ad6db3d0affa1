package io.aftercare.ingest.message;

import java.sql.SQLException;

/// Tells failures that come again with the same message from those that pass.
final class Failures {
    private Failures() {}

    /// Whether the database refuses the data itself (SQLState classes 22 and 23).
    static boolean isRefusal(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23");
            }
        }
        return false;
    }
}
