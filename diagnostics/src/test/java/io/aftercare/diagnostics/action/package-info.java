@NullMarked
package io.aftercare.diagnostics.action;

import org.jspecify.annotations.NullMarked;
