/// The rulebook: versions of rules as they are stored, their tests and commands, and rules by HTTP.
@NullMarked
package io.aftercare.diagnostics.rulebook;

import org.jspecify.annotations.NullMarked;
