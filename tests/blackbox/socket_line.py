"""A WebSocket client that can also do what RFC 6455 forbids."""

import base64
import hashlib
import json
import os
import socket
import struct

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class Line:
    def __init__(self, server, connect=None, **changes):
        """`changes` are fields of the handshake; None leaves one out. `connect` gives another kind of socket."""
        self.key = base64.b64encode(os.urandom(16)).decode()
        fields = {"Host": f"127.0.0.1:{server.port}", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
                  "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": self.key, "Cookie": server.cookie,
                  "Origin": f"http://127.0.0.1:{server.port}"}
        fields.update({name.replace("_", "-"): text for name, text in changes.items()})
        head = "".join(f"{name}: {text}\r\n" for name, text in fields.items() if text is not None)
        self.socket = connect() if connect else socket.create_connection(("127.0.0.1", server.port), timeout=60)
        self.socket.sendall(f"GET /api/live HTTP/1.1\r\n{head}\r\n".encode())
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            more = self.socket.recv(65536)
            if not more:
                break
            self.rest += more
        self.head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        self.status = int(self.head.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.socket.close()

    def accepted(self):
        wanted = base64.b64encode(hashlib.sha1((self.key + GUID).encode()).digest())
        return self.status == 101 and b"sec-websocket-accept: " + wanted.lower() in self.head.lower()

    def send(self, opcode, payload=b"", final=True, masked=True, reserved=0, length=None):
        size = len(payload) if length is None else length
        head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
        mask_bit = 0x80 if masked else 0
        if size < 126:
            head += bytes([mask_bit | size])
        elif size < 65536:
            head += bytes([mask_bit | 126]) + struct.pack(">H", size)
        else:
            head += bytes([mask_bit | 127]) + struct.pack(">Q", size)
        if masked:
            mask = os.urandom(4)
            head += mask
            payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(head + payload)

    def say(self, **message):
        self.send(TEXT, json.dumps(message).encode())

    def take(self, size):
        while len(self.rest) < size:
            more = self.socket.recv(1 << 20)
            if not more:
                raise EOFError
            self.rest += more
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def frame(self):
        """(opcode, payload) of the next frame; the server never masks and never fragments."""
        first, second = self.take(2)
        assert first & 0x80 and not first & 0x70 and not second & 0x80, (first, second)
        size = second
        if size == 126:
            size = struct.unpack(">H", self.take(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.take(8))[0]
        return first & 15, self.take(size)

    def hear(self):
        """The next message."""
        while True:
            opcode, payload = self.frame()
            if opcode == PING:
                self.send(PONG, payload)
            elif opcode == TEXT:
                return json.loads(payload)
            else:
                raise AssertionError((opcode, payload))

    def code(self):
        """The code of the close that comes next, None for an end without one."""
        try:
            while True:
                opcode, payload = self.frame()
                if opcode == CLOSE:
                    return struct.unpack(">H", payload[:2])[0] if payload else 1005
        except (EOFError, ConnectionError):
            return None
