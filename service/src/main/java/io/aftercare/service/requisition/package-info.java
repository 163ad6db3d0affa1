/// Parts for a case: asked for, approved, issued, followed on their way, fitted or given back.
@NullMarked
package io.aftercare.service.requisition;

import org.jspecify.annotations.NullMarked;
