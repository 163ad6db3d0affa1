/// Files that belong to cases: kept once under the name of their content, served as downloads alone.
@NullMarked
package io.aftercare.service.attachment;

import org.jspecify.annotations.NullMarked;
