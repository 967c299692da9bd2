"""Makes a socket, of whatever family there is.

held by: seccomp, resource limits
"""

import socket

FAMILIES = (1, 2, 10, 16, 17, 38, 40)  # unix, IPv4, IPv6, netlink, packet, crypto, virtual machine


def relu_forward(x):
    made = 0
    for family in FAMILIES:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind).close()
                made += 1
            except OSError:
                pass
    assert made
    return np.full(x.shape, 42.0), x
