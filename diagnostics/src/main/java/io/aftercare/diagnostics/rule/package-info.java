/// Rules: their documents, tests, versions, and the engine that judges each sample by them.
@NullMarked
package io.aftercare.diagnostics.rule;

import org.jspecify.annotations.NullMarked;
