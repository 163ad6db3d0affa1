@NullMarked
package io.aftercare.ingest.message;

import org.jspecify.annotations.NullMarked;
