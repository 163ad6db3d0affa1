/// How heavy the console is, how soon it can be used, and how it scrolls, in a real browser.
@NullMarked
package io.aftercare.benchmarks.console;

import org.jspecify.annotations.NullMarked;
