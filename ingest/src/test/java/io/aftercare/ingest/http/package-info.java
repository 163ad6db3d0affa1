@NullMarked
package io.aftercare.ingest.http;

import org.jspecify.annotations.NullMarked;
