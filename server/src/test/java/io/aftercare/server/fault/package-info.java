/// What is promised when things break.
@NullMarked
package io.aftercare.server.fault;

import org.jspecify.annotations.NullMarked;
