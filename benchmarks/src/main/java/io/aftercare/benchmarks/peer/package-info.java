/// What is measured side by side, each as a process of its own: the backend, Mosquitto, PostgreSQL's COPY.
@NullMarked
package io.aftercare.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
