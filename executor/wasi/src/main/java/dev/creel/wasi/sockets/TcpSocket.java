package dev.creel.wasi.sockets;

/** A TCP socket that never gets an address; it only remembers what its guest set. Used by the guest's thread. */
final class TcpSocket {
    final int addressFamily;
    boolean keepAlive;
    long keepAliveIdleNanos = 7_200_000_000_000L;
    long keepAliveIntervalNanos = 75_000_000_000L;
    long keepAliveCount = 9;
    int hopLimit = 64;
    long receiveBufferBytes = 128 << 10;
    long sendBufferBytes = 128 << 10;

    TcpSocket(int addressFamily) {
        this.addressFamily = addressFamily;
    }
}
