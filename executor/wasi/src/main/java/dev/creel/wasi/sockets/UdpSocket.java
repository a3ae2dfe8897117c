package dev.creel.wasi.sockets;

/** A UDP socket that never gets an address; it only remembers what its guest set. Used by the guest's thread. */
final class UdpSocket {
    final int addressFamily;
    int hopLimit = 64;
    long receiveBufferBytes = 128 << 10;
    long sendBufferBytes = 128 << 10;

    UdpSocket(int addressFamily) {
        this.addressFamily = addressFamily;
    }
}
