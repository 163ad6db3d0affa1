@NullMarked
package io.aftercare.diagnostics.rule;

import org.jspecify.annotations.NullMarked;
