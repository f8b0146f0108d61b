"""A server of the AT Protocol, as https://atproto.com/specs/sync describes it: repositories over XRPC, and the firehose, a WebSocket
whose messages are DAG-CBOR with the blocks of each commit in a CAR. Only posts; nothing is signed."""

import base64
import hashlib
import struct
import threading

from simulator import Answer, Vendor as Base, iso, route

POST = "app.bsky.feed.post"
ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


class Link(bytes):
    """A CID."""


def cbor(value):
    """DAG-CBOR (RFC 8949, deterministic; https://ipld.io/specs/codecs/dag-cbor/)."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return head(0, value)
    if isinstance(value, Link):
        return b"\xd8\x2a" + cbor(b"\x00" + bytes(value))
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    pairs = sorted(value.items(), key=lambda pair: (len(pair[0].encode()), pair[0].encode()))
    return head(5, len(pairs)) + b"".join(cbor(key) + cbor(item) for key, item in pairs)


def head(major, number):
    if number < 24:
        return bytes([major << 5 | number])
    for more, size, form in ((24, 1, ">B"), (25, 2, ">H"), (26, 4, ">I"), (27, 8, ">Q")):
        if number < 1 << 8 * size:
            return bytes([major << 5 | more]) + struct.pack(form, number)
    raise ValueError(number)


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def car(blocks):
    start = cbor({"version": 1, "roots": []})
    sections = [varint(len(cid) + len(data)) + cid + data for cid, data in blocks]
    return varint(len(start)) + start + b"".join(sections)


def cid_text(cid):
    return "b" + base64.b32encode(cid).decode().lower().rstrip("=")


class Vendor(Base):
    def __init__(self):
        super().__init__()
        self.accounts = {"did:plc:acme": "acme.test", "did:plc:ana": "ana.test"}
        self.posts = {did: {} for did in self.accounts}  # rkey: (cid, value)
        self.frames = []  # of seq 1, 2, …
        self.news = threading.Condition()
        self.generation, self.refusals, self.opened = 0, 0, 0
        self.counter = 0

    def tid(self):
        self.counter += 1
        number = (self.now * 1_000_000 + self.counter) << 10
        return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(13)))

    @route("GET", "/xrpc/com.atproto.sync.listRepos")
    def list_repos(self, _):
        return {"repos": [{"did": did, "head": "h", "rev": max(self.posts[did], default="2222222222222"), "active": True} for did in self.accounts]}

    @route("GET", "/xrpc/com.atproto.sync.getLatestCommit")
    def latest_commit(self, request):
        return {"cid": "c", "rev": max(self.posts[request.param("did")], default="2222222222222")}

    @route("GET", "/xrpc/com.atproto.repo.describeRepo")
    def describe(self, request):
        return {"did": request.param("repo"), "handle": self.accounts[request.param("repo")], "collections": [POST]}

    @route("GET", "/xrpc/com.atproto.repo.getRecord")
    def get_record(self, request):
        found = self.posts[request.param("repo")].get(request.param("rkey"))
        if request.param("collection") != POST or found is None:
            return Answer({"error": "RecordNotFound", "message": "Could not locate record"}, 400)
        return self.shown(request.param("repo"), request.param("rkey"), *found)

    @route("GET", "/xrpc/com.atproto.repo.listRecords")
    def list_records(self, request):
        did = request.param("repo")
        keys = sorted(self.posts[did], reverse=True)
        if "cursor" in request.query:
            keys = [key for key in keys if key < request.param("cursor")]
        page = keys[: request.number("limit", 50, 1, 100, lambda s: AssertionError(s))]
        answer = {"records": [self.shown(did, key, *self.posts[did][key]) for key in page]}
        return {**answer, "cursor": page[-1]} if page else answer

    def shown(self, did, rkey, cid, value):
        return {"uri": f"at://{did}/{POST}/{rkey}", "cid": cid_text(cid), "value": value}

    # The firehose.
    def socket(self, request, stream):
        """Speaks to one listener until it goes, or is dropped."""
        with self.news:
            if self.refusals > 0:
                self.refusals -= 1
                stream.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            self.opened += 1
            generation, seq = self.generation, int(request.param("cursor", len(self.frames)))
        proof = hashlib.sha1((request.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        stream.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + base64.b64encode(proof) + b"\r\n\r\n"
        )
        stream.flush()
        if seq > len(self.frames):
            self.send(stream, cbor({"op": -1}) + cbor({"error": "FutureCursor"}))
            return
        while True:
            with self.news:
                self.news.wait_for(lambda: len(self.frames) > seq or self.generation != generation)
                if self.generation != generation:
                    return
                fresh = self.frames[seq:]
            for frame in fresh:
                self.send(stream, frame)
            seq += len(fresh)

    @staticmethod
    def send(stream, message):
        size = len(message)
        length = bytes([size]) if size < 126 else b"\x7e" + struct.pack(">H", size)
        stream.write(b"\x82" + length + message)
        stream.flush()

    # What people do, and what befalls the server.
    def write(self, did, text):
        rkey = self.tid()
        value = {"$type": POST, "text": text, "createdAt": iso(self.now)}
        data = cbor(value)
        cid = Link(b"\x01\x71\x12\x20" + hashlib.sha256(data).digest())
        with self.news:
            self.posts[did][rkey] = (cid, value)
            body = {
                "seq": len(self.frames) + 1, "repo": did, "rev": rkey, "time": iso(self.now), "tooBig": False,
                "ops": [{"action": "create", "path": f"{POST}/{rkey}", "cid": cid}], "blocks": car([(cid, data)]),
            }
            self.frames.append(cbor({"op": 1, "t": "#commit"}) + cbor(body))
            self.news.notify_all()

    def sim_write(self, wish):
        for number in range(wish["count"]):
            self.write("did:plc:ana", f"number {number}")
        return {"all": len(self.posts["did:plc:ana"])}

    def sim_drop(self, _):
        """All listeners are cut off."""
        with self.news:
            self.generation += 1
            self.news.notify_all()
        return {}

    def sim_refuse(self, wish):
        """So many connections are turned away."""
        self.refusals = wish["times"]
        return {}

    def sim_opened(self, _):
        return {"opened": self.opened}
