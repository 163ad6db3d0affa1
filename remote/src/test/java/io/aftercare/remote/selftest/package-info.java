@NullMarked
package io.aftercare.remote.selftest;

import org.jspecify.annotations.NullMarked;
