/// A rule as its author writes it: the document, read and checked.
@NullMarked
package io.aftercare.diagnostics.rule;

import org.jspecify.annotations.NullMarked;
