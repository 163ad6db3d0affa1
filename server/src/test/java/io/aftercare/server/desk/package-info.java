/// The flows of the after-sales handbooks, through HTTP alone.
@NullMarked
package io.aftercare.server.desk;

import org.jspecify.annotations.NullMarked;
