package io.aftercare.server.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests of the console in a real browser on a real backend: their methods may ask for a [Desk], and for the [ConsoleWorld].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DeskResolver.class)
@interface ConsoleTest {
}
