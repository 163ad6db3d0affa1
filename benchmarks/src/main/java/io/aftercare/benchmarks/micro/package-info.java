/// JMH: the small things that happen once a message.
@NullMarked
package io.aftercare.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
