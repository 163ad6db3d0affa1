@NullMarked
package io.aftercare.ingest;

import org.jspecify.annotations.NullMarked;
