/// The rules that come with the program.
@NullMarked
package io.aftercare.diagnostics.library;

import org.jspecify.annotations.NullMarked;
