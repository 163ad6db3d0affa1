/// What this feature tells people of campaigns and devices: English, with a code and facts beside it for those who say it in another
/// language.
@NullMarked
package io.aftercare.ota.wording;

import org.jspecify.annotations.NullMarked;
