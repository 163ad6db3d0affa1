package io.aftercare.server.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who sits at the [Desk] that a test is given: somebody with this role. Without it, the admin.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface As {
    /// Nobody has signed in.
    String NOBODY = "";

    String value();
}
