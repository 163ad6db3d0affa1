/// Cases: opened by a fault or by a person, moved along one table of states, with an append-only timeline.
@NullMarked
package io.aftercare.service.ticket;

import org.jspecify.annotations.NullMarked;
