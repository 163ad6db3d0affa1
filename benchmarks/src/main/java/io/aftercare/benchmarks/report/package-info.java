/// Figures as a table for people and JSON for programs.
@NullMarked
package io.aftercare.benchmarks.report;

import org.jspecify.annotations.NullMarked;
