/// What a customer allows to be done on a device from afar, for one case: asked in words that are kept, answered on the
/// customer's page or taken down by staff, taken back at any time (R75).
@NullMarked
package io.aftercare.service.consent;

import org.jspecify.annotations.NullMarked;
