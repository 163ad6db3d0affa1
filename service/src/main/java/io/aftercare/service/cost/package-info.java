/// What cases cost: entries with their vouchers, months that are closed, budgets beside what was spent.
@NullMarked
package io.aftercare.service.cost;

import org.jspecify.annotations.NullMarked;
