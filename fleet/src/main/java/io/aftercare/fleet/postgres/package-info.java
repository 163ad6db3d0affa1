/// PostgreSQL: the embedded server, the pool, transactions, migrations and the outbox.
@NullMarked
package io.aftercare.fleet.postgres;

import org.jspecify.annotations.NullMarked;
