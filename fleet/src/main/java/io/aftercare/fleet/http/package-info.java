/// HTTP as every feature speaks it: operations of the OpenAPI document, problems, pages, live events.
@NullMarked
package io.aftercare.fleet.http;

import org.jspecify.annotations.NullMarked;
