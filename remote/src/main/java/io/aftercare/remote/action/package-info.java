/// Remote actions: asked for by people, allowed by the product, carried out by the device.
@NullMarked
package io.aftercare.remote.action;

import org.jspecify.annotations.NullMarked;
