/// What devices say of themselves when they are asked to test themselves.
@NullMarked
package io.aftercare.remote.selftest;

import org.jspecify.annotations.NullMarked;
