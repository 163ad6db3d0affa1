@NullMarked
package io.aftercare.service.link;

import org.jspecify.annotations.NullMarked;
