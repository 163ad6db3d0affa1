/// Rules over stored history: what a rule would have told, before it goes live.
@NullMarked
package io.aftercare.diagnostics.backtest;

import org.jspecify.annotations.NullMarked;
