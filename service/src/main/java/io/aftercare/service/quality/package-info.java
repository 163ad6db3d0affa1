/// How good the service and the products are: figures by person, team and model, reports by month, quarter and year, checks of
/// samples.
@NullMarked
package io.aftercare.service.quality;

import org.jspecify.annotations.NullMarked;
