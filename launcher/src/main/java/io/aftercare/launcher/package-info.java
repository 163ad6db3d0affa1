/// Starts a runnable jar on JDK 25, whatever `java` it was called with.
package io.aftercare.launcher;
