package io.aftercare.fleet.postgres;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether TimescaleDB can be used.
final class Timescale {
    private static final Logger LOG = LoggerFactory.getLogger(Timescale.class);

    private Timescale() {}

    static boolean make(Jdbi jdbi) {
        boolean offered = jdbi.withHandle(handle -> handle
                .createQuery("SELECT count(*) > 0 FROM pg_available_extensions WHERE name = 'timescaledb'")
                .mapTo(Boolean.class).one());
        if (!offered) {
            return false;
        }
        try {
            jdbi.useHandle(handle -> handle.execute("CREATE EXTENSION IF NOT EXISTS timescaledb"));
            return true;
        } catch (JdbiException e) {
            LOG.warn(
                    "TimescaleDB is installed but cannot be used, so plain partitions are; to use it, name it in"
                            + " shared_preload_libraries and run CREATE EXTENSION timescaledb as a superuser ({})",
                    e.getMessage());
            return false;
        }
    }
}
