/// What a house decides once, for all cases.
@NullMarked
package io.aftercare.service.setting;

import org.jspecify.annotations.NullMarked;
