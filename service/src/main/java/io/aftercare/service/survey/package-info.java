/// What customers think of a case that was solved (R64): six scores, by a link that ends, by phone or on site, and what
/// follows from them.
@NullMarked
package io.aftercare.service.survey;

import org.jspecify.annotations.NullMarked;
