/// Lists as people like to see them, kept under names.
@NullMarked
package io.aftercare.service.view;

import org.jspecify.annotations.NullMarked;
