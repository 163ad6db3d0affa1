@NullMarked
package io.aftercare.service.survey;

import org.jspecify.annotations.NullMarked;
