/// Who the virtual devices are: their ids, models and tokens, kept in a file.
@NullMarked
package io.aftercare.simulator.credentials;

import org.jspecify.annotations.NullMarked;
