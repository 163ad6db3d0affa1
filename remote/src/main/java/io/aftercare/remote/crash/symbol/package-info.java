/// Symbol files, and the names of addresses by them.
@NullMarked
package io.aftercare.remote.crash.symbol;

import org.jspecify.annotations.NullMarked;
