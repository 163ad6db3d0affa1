/// Reports that come in by HTTP: the form for anybody, other systems with a key, and who answers the line when.
@NullMarked
package io.aftercare.service.intake;

import org.jspecify.annotations.NullMarked;
