/// What devices send by HTTP: expected or announced by themselves, whole or in pieces, and safe on the disk before they are told so.
@NullMarked
package io.aftercare.remote.upload;

import org.jspecify.annotations.NullMarked;
