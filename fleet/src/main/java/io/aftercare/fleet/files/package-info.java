/// Files that come with the program.
@NullMarked
package io.aftercare.fleet.files;

import org.jspecify.annotations.NullMarked;
