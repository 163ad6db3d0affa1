/// Devices that come back: sent in for repair, exchanged, or returned for the money. What may happen is one table
/// ([RmaState]) and one pure decision ([RmaFlow]); who bears the cost is another ([Burden]).
@NullMarked
package io.aftercare.service.rma;

import org.jspecify.annotations.NullMarked;
