@NullMarked
package io.aftercare.service.text;

import org.jspecify.annotations.NullMarked;
