/// Words: names of constants, and the grams by which cases are found.
@NullMarked
package io.aftercare.service.text;

import org.jspecify.annotations.NullMarked;
