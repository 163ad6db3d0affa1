package io.aftercare.ota.release;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// The most memory that this process has had in use since the start: heap that survives a collection, and direct buffers.
final class Peak {
    private final long startNanos = System.nanoTime();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread watcher;
    private final long before;
    private volatile long most;

    Peak() {
        System.gc();
        before = used();
        watcher = Thread.ofPlatform().daemon().start(() -> {
            while (running.get()) {
                System.gc();
                most = Math.max(most, used());
                LockSupport.parkNanos(500_000_000);
            }
        });
    }

    private static long used() {
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
    }

    /// Ends the watch.
    long mebibytes() throws InterruptedException {
        running.set(false);
        watcher.join();
        return (most - before) >> 20;
    }

    long seconds() {
        return (System.nanoTime() - startNanos) / 1_000_000_000;
    }
}
