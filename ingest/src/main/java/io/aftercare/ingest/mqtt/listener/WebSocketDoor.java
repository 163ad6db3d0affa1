package io.aftercare.ingest.mqtt.listener;

import io.aftercare.ingest.mqtt.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// MQTT over WebSocket (MQTT 5.0, section 6): binary frames whose contents, put together, are the stream of packets; where
/// a frame ends means nothing. Before the codec of MQTT in the pipeline, which sees bytes as from a socket.
public final class WebSocketDoor extends MessageToMessageCodec<Object, ByteBuf> {
    private static final String PATH = "/mqtt";
    private static final int REQUEST_BYTES_MAX = 8 * 1024;

    private WebSocketDoor() {
        super(Object.class, ByteBuf.class);
    }

    /// Adds what turns the bytes of a socket into those of MQTT and back.
    public static void open(ChannelPipeline pipeline, MqttConfig config) {
        var settings = WebSocketServerProtocolConfig.newBuilder().websocketPath(PATH).subprotocols("mqtt")
                .maxFramePayloadLength(config.limits().packetBytesMax())
                .handshakeTimeoutMillis(config.limits().connectMax().toMillis()).build();
        pipeline.addLast("http", new HttpServerCodec());
        pipeline.addLast("http-whole", new HttpObjectAggregator(REQUEST_BYTES_MAX));
        pipeline.addLast("websocket", new WebSocketServerProtocolHandler(settings));
        pipeline.addLast("websocket-bytes", new WebSocketDoor());
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, Object message, List<Object> out) {
        switch (message) {
            case BinaryWebSocketFrame frame -> out.add(frame.content().retain());
            case ContinuationWebSocketFrame frame -> out.add(frame.content().retain());
            case WebSocketFrame _ -> Wire.sendAndClose(ctx,
                    new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
            // Passed on by the handler before where it asks for another path.
            case FullHttpRequest _ -> notHere(ctx);
            default -> Wire.close(ctx);
        }
    }

    private static void notHere(ChannelHandlerContext ctx) {
        ByteBuf text = Unpooled.copiedBuffer("MQTT is at " + PATH + ", by WebSocket\n",
                StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, text);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes())
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain").set(HttpHeaderNames.CONNECTION, "close");
        Wire.sendAndClose(ctx, response);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> out) {
        out.add(new BinaryWebSocketFrame(bytes.retain()));
    }
}
