package dev.creel.wasi.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * What a guest sets on a TCP socket: remembered, put onto the system's socket as soon as there is one, and inherited by accepted
 * ones. Numbers that the system does not take are cut to what it takes, as the interface asks; Java cannot set the hop limit of
 * TCP, so that is remembered only. Used by the guest's thread.
 */
final class TcpOptions {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long SECONDS_MAX = Short.MAX_VALUE;
    private static final long PROBES_MAX = Byte.MAX_VALUE;

    boolean keepAlive;
    long keepAliveIdleNanos = 7200 * SECOND_NANOS;
    long keepAliveIntervalNanos = 75 * SECOND_NANOS;
    long keepAliveCount = 9;
    int hopLimit = 64;
    long receiveBufferBytes;
    long sendBufferBytes;
    private final int bufferBytesMax;
    private boolean receiveBufferSet;
    private boolean sendBufferSet;

    TcpOptions(int bufferBytesMax) {
        this.bufferBytesMax = bufferBytesMax;
        this.receiveBufferBytes = bufferBytesMax;
        this.sendBufferBytes = bufferBytesMax;
    }

    TcpOptions copy() {
        var copy = new TcpOptions(bufferBytesMax);
        copy.keepAlive = keepAlive;
        copy.keepAliveIdleNanos = keepAliveIdleNanos;
        copy.keepAliveIntervalNanos = keepAliveIntervalNanos;
        copy.keepAliveCount = keepAliveCount;
        copy.hopLimit = hopLimit;
        copy.receiveBufferBytes = receiveBufferBytes;
        copy.sendBufferBytes = sendBufferBytes;
        copy.receiveBufferSet = receiveBufferSet;
        copy.sendBufferSet = sendBufferSet;
        return copy;
    }

    void idle(long nanos) {
        keepAliveIdleNanos = seconds(nanos) * SECOND_NANOS;
    }

    void interval(long nanos) {
        keepAliveIntervalNanos = seconds(nanos) * SECOND_NANOS;
    }

    void count(long probes) {
        keepAliveCount = Math.min(probes, PROBES_MAX);
    }

    void receiveBuffer(long bytes) {
        receiveBufferBytes = clip(bytes, bufferBytesMax);
        receiveBufferSet = true;
    }

    void sendBuffer(long bytes) {
        sendBufferBytes = clip(bytes, bufferBytesMax);
        sendBufferSet = true;
    }

    /** Puts all of it onto {@code channel}, as far as that has such options. */
    void put(NetworkChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_KEEPALIVE, keepAlive);
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, (int) (keepAliveIdleNanos / SECOND_NANOS));
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, (int) (keepAliveIntervalNanos / SECOND_NANOS));
        set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, (int) keepAliveCount);
        // Left alone, the system finds better sizes than any that we know.
        if (receiveBufferSet) {
            set(channel, StandardSocketOptions.SO_RCVBUF, (int) receiveBufferBytes);
        }
        if (sendBufferSet) {
            set(channel, StandardSocketOptions.SO_SNDBUF, (int) sendBufferBytes);
        }
    }

    /** Rounded up to a whole number, at least one. */
    private static long seconds(long nanos) {
        return nanos < 0 ? SECONDS_MAX : Math.clamp((nanos - 1) / SECOND_NANOS + 1, 1, SECONDS_MAX);
    }

    /** An unsigned number, at most {@code max}. */
    static long clip(long value, long max) {
        return Long.compareUnsigned(value, max) > 0 ? max : value;
    }

    private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }
}
