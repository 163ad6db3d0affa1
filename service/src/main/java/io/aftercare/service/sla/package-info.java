/// How long the desk may take: clocks that run, pause, stop and are breached, each by itself.
@NullMarked
package io.aftercare.service.sla;

import org.jspecify.annotations.NullMarked;
