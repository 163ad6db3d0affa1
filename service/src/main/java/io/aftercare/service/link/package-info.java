/// How cases belong together: related, one behind the other, or duplicates.
@NullMarked
package io.aftercare.service.link;

import org.jspecify.annotations.NullMarked;
