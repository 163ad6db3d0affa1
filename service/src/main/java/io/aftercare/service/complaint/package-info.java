/// Complaints (R52–R55): logged at once, looked into, answered in writing, followed up, and closed when what was done about
/// the cause is shown to help.
@NullMarked
package io.aftercare.service.complaint;

import org.jspecify.annotations.NullMarked;
