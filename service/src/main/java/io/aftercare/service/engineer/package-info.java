/// People who repair: skills, certificates, training, tools and partner firms. [io.aftercare.service.engineer.Engineers] says who
/// may be sent.
@NullMarked
package io.aftercare.service.engineer;

import org.jspecify.annotations.NullMarked;
