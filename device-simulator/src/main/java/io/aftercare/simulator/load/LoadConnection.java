package io.aftercare.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One device's connection: connects, keeps its window full (or its rate), and reads acknowledgements. All of it runs
/// on the connection's event loop; [#connected] and [#finished] tell the generator's own thread.
final class LoadConnection extends ChannelInboundHandlerAdapter implements PacketReader.Sink {
    private static final int BATCH_MAX = 256;
    private static final int PUBREC = 0x50;
    private static final int PUBCOMP = 0x70;

    final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    final CompletableFuture<Void> finished = new CompletableFuture<>();

    private final LoadOptions options;
    private final String id;
    private final byte[] connectFrame;
    private final PublishTemplate template;
    private final Timestamps timestamps;
    private final Ledger.@Nullable Recorder recorder;
    private final Totals totals;
    private final Pace pace;
    private final PacketReader reader = new PacketReader(this);
    private InFlight inFlight;
    private Latencies latencies = new Latencies();
    private volatile @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf answers;
    private boolean started;
    private boolean stopping;
    private boolean exhausted;
    private long newest;

    LoadConnection(LoadOptions options, int index, Timestamps timestamps, Ledger.@Nullable Recorder recorder,
            Totals totals, Pace pace) {
        this.options = options;
        this.id = options.devices().get(index).id();
        String token = options.devices().get(index).token();
        this.connectFrame = Frames.connect(options.version(), "load-" + id, token.isEmpty() ? "" : id, token);
        this.template = new PublishTemplate(options.version(), options.topic().replace("{id}", id),
                options.qos(),
                options.metrics());
        this.timestamps = timestamps;
        this.recorder = recorder;
        this.totals = totals;
        this.pace = pace;
        this.inFlight = new InFlight(options.window());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        latencies = totals.latencies(ctx.channel().eventLoop());
        var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(connectFrame));
    }

    @Override
    public void connected(int reason, int receiveMaximum) {
        if (reason != 0) {
            totals.problem("device " + id + " was refused with reason 0x" + Integer.toHexString(reason)
                    + ": check its id and token");
            connected.complete(false);
            return;
        }
        if (receiveMaximum < options.window()) {
            inFlight = new InFlight(receiveMaximum);
        }
        totals.connected.increment();
        connected.complete(true);
    }

    /// Begins to send; on the event loop.
    void start(long startNanos) {
        started = true;
        pace.start(startNanos);
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            long half = Frames.KEEP_ALIVE_SECONDS / 2;
            var ping = ctx.executor().scheduleAtFixedRate(
                    () -> ping(ctx), half, half,
                    TimeUnit.SECONDS);
            var _ = finished.whenComplete((_, _) -> ping.cancel(false));
        }
        pump();
    }

    private static void ping(ChannelHandlerContext ctx) {
        var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(Frames.PINGREQ));
    }

    /// Sends no more; finishes once what was sent is acknowledged. May be called from any thread.
    void stop() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && !ctx.executor().isShuttingDown()) {
            ctx.executor().execute(() -> {
                stopping = true;
                finishIfDone();
            });
        }
    }

    /// The loop that everything here runs on, once the connection is there.
    EventExecutor loop() {
        return Objects.requireNonNull(context, "not connected").executor();
    }

    boolean isDue(long now) {
        return pace.due(now) > 0;
    }

    /// Sends what the window, the pace and the socket allow, in one write.
    void pump() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !started || stopping || exhausted || finished.isDone()) {
            return;
        }
        long now = System.nanoTime();
        int room = options.qos() == 0 ? (ctx.channel().isWritable() ? BATCH_MAX : 0) : room();
        int count = Math.min(pace.due(now), Math.min(room, BATCH_MAX));
        if (count == 0) {
            return;
        }
        ByteBuf out = ctx.alloc().directBuffer(count * template.length());
        int written = 0;
        while (written < count && !exhausted) {
            long ts = timestamps.next();
            exhausted = ts == Timestamps.NONE_LEFT;
            if (!exhausted) {
                newest = Math.max(newest, ts);
                publish(out, ts, pace.intendedNanos(now));
                written++;
            }
        }
        totals.sent.add(written);
        var _ = ctx.writeAndFlush(out, ctx.voidPromise());
        if (exhausted) {
            finishIfDone();
        } else if (options.qos() == 0 && ctx.channel().isWritable() && pace.due(now) > 0) {
            ctx.executor().execute(this::pump);
        }
    }

    /// Without a rate a quarter of the window is gathered before it is written: the rest keeps the broker busy, and one
    /// write of many messages costs hardly more than one of one.
    private int room() {
        return pace.unlimited() && inFlight.free() < inFlight.window() / 4 ? 0 : inFlight.free();
    }

    private void publish(ByteBuf out, long ts, long intendedNanos) {
        int packetId = options.qos() == 0 ? 0 : inFlight.take(ts, intendedNanos);
        template.write(out, packetId, ts);
        if (recorder != null) {
            recorder.sent(ts);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reader.read((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (answers != null) {
            var _ = ctx.writeAndFlush(answers, ctx.voidPromise());
            answers = null;
        }
        pump();
        finishIfDone();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        pump();
    }

    @Override
    public void acknowledged(int type, int packetId, int reason) {
        if (!inFlight.waits(packetId)) {
            return;
        }
        if (type != PUBCOMP) {
            latencies.record(System.nanoTime() - inFlight.startedNanos(packetId));
            if (reason >= 0x80) {
                totals.rejected.increment();
                totals.problem("a message of " + id + " was rejected with reason 0x"
                        + Integer.toHexString(reason));
            } else {
                totals.acknowledged.increment();
                if (recorder != null) {
                    recorder.acknowledged(inFlight.timestamp(packetId));
                }
            }
        }
        if (type == PUBREC && reason < 0x80) {
            answer(packetId);
        } else {
            inFlight.give(packetId);
        }
    }

    /// PUBREL, gathered with the others of this read.
    private void answer(int packetId) {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            if (answers == null) {
                answers = ctx.alloc().buffer();
            }
            answers.writeShort(0x6202).writeShort(packetId);
        }
    }

    @Override
    public void disconnected(int reason) {
        totals.problem("the broker disconnected " + id + " with reason 0x" + Integer.toHexString(reason));
    }

    private void finishIfDone() {
        if (started && (stopping || exhausted) && inFlight.waiting() == 0 && !finished.isDone()) {
            ChannelHandlerContext ctx = context;
            if (ctx != null) {
                finished.complete(null);
                var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(Frames.DISCONNECT))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reader.close();
        if (recorder != null) {
            recorder.flush();
        }
        if (!connected.isDone()) {
            totals.problem("the broker closed the connection of " + id + " before it answered");
            connected.complete(false);
        }
        if (started && !finished.isDone()) {
            totals.lost.increment();
            totals.problem("the connection of " + id + " was lost");
        }
        finished.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        totals.problem("the connection of " + id + " failed: " + cause);
        var _ = ctx.close();
    }

    /// Still waiting for their acknowledgement; only after the event loops have stopped.
    int waiting() {
        return inFlight.waiting();
    }

    /// The newest time that a message of this connection had, epoch milliseconds; to be asked after the end.
    long newest() {
        return newest;
    }
}
