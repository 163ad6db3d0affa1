@NullMarked
package io.aftercare.diagnostics.fault;

import org.jspecify.annotations.NullMarked;
