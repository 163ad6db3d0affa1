@NullMarked
package io.aftercare.service;

import org.jspecify.annotations.NullMarked;
