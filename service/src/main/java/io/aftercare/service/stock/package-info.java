/// Where parts are: the ledger of movements, and what follows from it.
@NullMarked
package io.aftercare.service.stock;

import org.jspecify.annotations.NullMarked;
