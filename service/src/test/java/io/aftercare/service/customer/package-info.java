@NullMarked
package io.aftercare.service.customer;

import org.jspecify.annotations.NullMarked;
