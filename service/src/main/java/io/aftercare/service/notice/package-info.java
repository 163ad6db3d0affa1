/// What customers and staff are told of cases: every notice is kept, with what became of it.
@NullMarked
package io.aftercare.service.notice;

import org.jspecify.annotations.NullMarked;
