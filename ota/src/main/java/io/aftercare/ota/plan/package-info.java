/// What a campaign is asked to do: whom it reaches, in which stages, when, how fast, and what stops it. Values that are checked when
/// they are said; nothing here knows how far a campaign is.
@NullMarked
package io.aftercare.ota.plan;

import org.jspecify.annotations.NullMarked;
