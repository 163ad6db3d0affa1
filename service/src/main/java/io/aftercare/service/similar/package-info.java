/// What past cases teach: which remedy held, and what happened before.
@NullMarked
package io.aftercare.service.similar;

import org.jspecify.annotations.NullMarked;
