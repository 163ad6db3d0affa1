/// The after-sales desk: [io.aftercare.service.Service] is what the server wires.
@NullMarked
package io.aftercare.service;

import org.jspecify.annotations.NullMarked;
