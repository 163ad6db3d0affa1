@NullMarked
package io.aftercare.service.view;

import org.jspecify.annotations.NullMarked;
