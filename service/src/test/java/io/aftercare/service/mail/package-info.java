@NullMarked
package io.aftercare.service.mail;

import org.jspecify.annotations.NullMarked;
