/// The remote shell: a terminal on a device, for a short time, with the customer's consent, under two people's eyes, and recorded.
@NullMarked
package io.aftercare.remote.shell;

import org.jspecify.annotations.NullMarked;
