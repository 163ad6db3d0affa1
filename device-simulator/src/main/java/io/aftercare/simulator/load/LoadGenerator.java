package io.aftercare.simulator.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/// Publishes telemetry over many MQTT connections and measures how fast the broker takes it.
///
/// One instance is one run: [#run] blocks until the run ends and the last acknowledgements are in (or `drain` is over);
/// [#stop] ends it early from any other thread. A connection that the broker ends stays ended: what it had not
/// acknowledged is in the report and in the ledger.
public final class LoadGenerator {
    private static final int CONNECTING_MAX = 128;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final LoadOptions options;
    private final InstantSource clock;
    private final Totals totals = new Totals();
    private final CountDownLatch stopped = new CountDownLatch(1);

    public LoadGenerator(LoadOptions options) {
        this(options, InstantSource.system());
    }

    public LoadGenerator(LoadOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    /// Runs to the end.
    ///
    /// @throws IllegalStateException where no connection at all came about; the message says why
    public LoadReport run() throws IOException, InterruptedException {
        return run((_, _) -> {
        });
    }

    /// Runs to the end, telling how far it is.
    ///
    /// @param eachSecond hears the totals of messages sent and acknowledged so far
    public LoadReport run(BiConsumer<Long, Long> eachSecond) throws IOException, InterruptedException {
        try (LedgerSession session = LedgerSession.open(options)) {
            EventLoopGroup group = new MultiThreadIoEventLoopGroup(options.threads(),
                    Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
            try {
                return measured(group, session, eachSecond);
            } finally {
                group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
            }
        }
    }

    public void stop() {
        stopped.countDown();
    }

    private LoadReport measured(EventLoopGroup group, LedgerSession session,
            BiConsumer<Long, Long> eachSecond)
            throws InterruptedException {
        List<LoadConnection> connections = connect(group, session);
        if (totals.connected.sum() == 0) {
            throw new IllegalStateException("no connection to " + options.host() + ":" + options.port()
                    + " came about; first problem: " + totals.firstProblem());
        }
        double generatorCpu = cpuSeconds(ProcessHandle.current().pid());
        double watchedCpu = cpuSeconds(options.watchedPid());
        long start = System.nanoTime();
        Pacer pacer = new Pacer(options.ratePerSecond());
        CompletableFuture<?> done = CompletableFuture
                .allOf(connections.stream().map(c -> c.finished).toArray(CompletableFuture[]::new));
        connections.forEach(connection -> pacer.start(connection, start));
        awaitEnd(done, start, eachSecond);
        connections.forEach(LoadConnection::stop);
        awaitDone(done);
        double seconds = (System.nanoTime() - start) / 1e9;
        generatorCpu = cpuSeconds(ProcessHandle.current().pid()) - generatorCpu;
        watchedCpu = cpuSeconds(options.watchedPid()) - watchedCpu;
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        long acknowledged = totals.acknowledged.sum();
        long counted = options.qos() == 0 ? totals.sent.sum() : acknowledged;
        return new LoadReport(connections.size(), totals.refused.intValue(), totals.lost.intValue(),
                totals.firstProblem(), totals.sent.sum(), acknowledged, totals.rejected.sum(),
                connections.stream().mapToLong(LoadConnection::waiting).sum(), seconds, counted / seconds,
                LoadReport.Percentiles.of(totals.allLatencies()), generatorCpu, watchedCpu,
                connections.stream().mapToLong(LoadConnection::newest).max().orElse(0));
    }

    /// Connects every device, at most [#CONNECTING_MAX] at a time; returns those that the broker took.
    private List<LoadConnection> connect(EventLoopGroup group, LedgerSession session)
            throws InterruptedException {
        Semaphore connecting = new Semaphore(CONNECTING_MAX);
        List<LoadConnection> all = new ArrayList<>();
        for (int i = 0; i < options.devices().size(); i++) {
            connecting.acquire();
            LoadConnection connection = new LoadConnection(options, i, session.timestamps(i, clock),
                    session.recorder(i), totals,
                    new Pace(options.ratePerSecond(), i, options.devices().size()));
            var _ = connection.connected.orTimeout(CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((_, _) -> connecting.release());
            open(group, connection);
            all.add(connection);
        }
        connecting.acquire(CONNECTING_MAX);
        List<LoadConnection> taken = all.stream().filter(LoadGenerator::isConnected).toList();
        totals.refused.add(all.size() - taken.size());
        return taken;
    }

    private void open(EventLoopGroup group, LoadConnection connection) {
        var _ = new Bootstrap().group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(connection);
                    }
                }).connect(options.host(), options.port()).addListener(opened -> {
                    if (!opened.isSuccess()) {
                        totals.problem(String.valueOf(opened.cause()));
                        connection.connected.complete(false);
                    }
                });
    }

    private static boolean isConnected(LoadConnection connection) {
        return !connection.connected.isCompletedExceptionally() && connection.connected.join();
    }

    private void awaitEnd(CompletableFuture<?> done, long start, BiConsumer<Long, Long> eachSecond)
            throws InterruptedException {
        var _ = done.whenComplete((_, _) -> stopped.countDown());
        long length = options.duration().isZero() ? Long.MAX_VALUE : options.duration().toNanos();
        for (long second = 1; true; second++) {
            long until = Math.min(Duration.ofSeconds(second).toNanos(), length);
            if (stopped.await(start + until - System.nanoTime(), TimeUnit.NANOSECONDS) || until == length) {
                return;
            }
            eachSecond.accept(totals.sent.sum(), totals.acknowledged.sum());
        }
    }

    private void awaitDone(CompletableFuture<?> done) throws InterruptedException {
        try {
            done.get(options.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            totals.problem("some messages were not acknowledged within " + options.drain());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a connection ended in an unforeseen way", e);
        }
    }

    private static double cpuSeconds(long pid) {
        Optional<Duration> spent = pid == 0
                ? Optional.empty()
                : ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
        return spent.map(duration -> duration.toNanos() / 1e9).orElse(0.0);
    }
}
