@NullMarked
package io.aftercare.service.notice;

import org.jspecify.annotations.NullMarked;
