/// Staff: who they are, what they may do, and how they log in.
@NullMarked
package io.aftercare.fleet.people;

import org.jspecify.annotations.NullMarked;
