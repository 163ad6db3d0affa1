@NullMarked
package io.aftercare.diagnostics.backtest;

import org.jspecify.annotations.NullMarked;
