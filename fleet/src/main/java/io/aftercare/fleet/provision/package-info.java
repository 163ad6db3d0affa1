/// How devices come to be known: by a product's key or authority, and how customers make them their own.
@NullMarked
package io.aftercare.fleet.provision;

import org.jspecify.annotations.NullMarked;
