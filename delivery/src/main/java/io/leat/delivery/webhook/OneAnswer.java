package io.leat.delivery.webhook;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets one final answer through for each request of a connection. Informational answers are skipped, as RFC 9110 section
 * 15.2 wants it; a switch of protocols and whatever comes unasked end the connection, so that no answer is ever taken for
 * that of another request. For one connection, on its event loop.
 */
final class OneAnswer extends ChannelDuplexHandler {

    private int owed;
    private boolean skipping;
    private boolean over;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpRequest) {
            owed++;
        }
        context.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse answer) {
            judge(context, answer);
        }
        if (!skipping && !over) {
            context.fireChannelRead(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            skipping = false;
        }
        ReferenceCountUtil.release(message);
    }

    private void judge(ChannelHandlerContext context, HttpResponse answer) {
        boolean switches = answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
        if (owed == 0 || switches) {
            over = true;
            context.fireExceptionCaught(new DecoderException(switches ? "another protocol" : "an answer to nothing"));
            context.close();
        } else if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            skipping = true;
        } else {
            owed--;
        }
    }
}
