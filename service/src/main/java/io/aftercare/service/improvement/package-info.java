/// What is made better because somebody said so (R65): raised, analysed, improved, verified.
@NullMarked
package io.aftercare.service.improvement;

import org.jspecify.annotations.NullMarked;
