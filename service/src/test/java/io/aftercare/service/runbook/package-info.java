@NullMarked
package io.aftercare.service.runbook;

import org.jspecify.annotations.NullMarked;
