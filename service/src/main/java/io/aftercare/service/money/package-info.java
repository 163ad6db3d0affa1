/// Amounts of money, in the one currency of the installation.
@NullMarked
package io.aftercare.service.money;

import org.jspecify.annotations.NullMarked;
