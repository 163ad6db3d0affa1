/// What happens at the desk, told to other systems by HTTP.
@NullMarked
package io.aftercare.service.webhook;

import org.jspecify.annotations.NullMarked;
