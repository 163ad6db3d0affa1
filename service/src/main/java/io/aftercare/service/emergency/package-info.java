/// Emergencies and the drills for them: levels with their resources, who leads, what was said, and what is to be done better.
@NullMarked
package io.aftercare.service.emergency;

import org.jspecify.annotations.NullMarked;
