"""What every simulated vendor shares: routes, a clock, refusals, and the switch for faults.

A vendor is a class in vendors/ that says what its API answers; `python3 simulator.py zendesk` serves it on a free port of
the loopback address, writes "port N" and ends when its input closes; `python3 simulator.py passage http://…` stands before a
real server, with the same switch. Tests steer it through POST /_sim/<verb>:

    fault {"kind": "429", "at": [2, 5]}   spoils the 2nd and 5th request from now on; kinds are in FAULTS
    faults                                how many requests were spoilt
    rotate {"old": …, "new": …}           from now on only the new secret is good
    calls                                 what it would call a webhook with
    seed, step, truth …                   what the vendor offers: its methods sim_seed, sim_step, sim_truth
"""

import base64
import datetime
import hashlib
import http.client
import http.server
import importlib
import json
import pathlib
import random
import re
import sys
import threading
import time
import urllib.parse

NOW = 1_790_000_000  # where every clock begins
FAULTS = ("429", "500", "slow", "cut", "repeat", "expired", "echo")


class Answer:
    """What is sent: JSON unless `body` is bytes or text."""

    def __init__(self, body=None, status=200, headers=None, content_type="application/json"):
        self.status = status
        self.headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        self.body = (body or "").encode() if not isinstance(body, bytes) else body
        self.headers.setdefault("Content-Type", content_type)


class Refused(Exception):
    """The request breaks the vendor's specification, or its credentials are not good."""

    def __init__(self, status, body, headers=None):
        super().__init__(body)
        self.answer = Answer(body, status, headers)


class Request:
    def __init__(self, method, target, headers, body):
        parts = urllib.parse.urlsplit(target)
        self.method, self.path, self.headers, self.body = method, urllib.parse.unquote(parts.path), headers, body
        self.target = target
        self.query = urllib.parse.parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        self.args = ()

    def param(self, name, otherwise=None):
        return self.query.get(name, [otherwise])[0]

    def number(self, name, otherwise, low, high, refuse):
        """A whole number in its bounds; `refuse(sentence)` makes what the vendor answers otherwise."""
        text = self.param(name)
        if text is None:
            return otherwise
        if not re.fullmatch(r"-?\d+", text) or not low <= int(text) <= high:
            raise refuse(f"{name} has to be a whole number from {low} to {high}")
        return int(text)

    def only(self, allowed, refuse):
        unknown = set(self.query) - set(allowed)
        if unknown:
            raise refuse(f"unknown parameter {sorted(unknown)[0]}")

    def json(self):
        return json.loads(self.body or b"null")

    def sent(self):
        """All that a secret may be in, as error pages show it."""
        fields = "".join(f"{name}: {value}\n" for name, value in self.headers.items())
        return f"{self.method} {self.target}\n{fields}\n".encode() + self.body

    def exchange(self, old, new):
        """Puts `new` in the place of `old` in its header fields, basic credentials included. Whether `old` was there."""
        found = False
        for name, value in list(self.headers.items()):
            kind, _, pair = value.partition(" ")
            if kind == "Basic":
                plain = base64.b64decode(pair).decode()
                changed = "Basic " + base64.b64encode(plain.replace(old, new).encode()).decode()
            else:
                changed = value.replace(old, new)
            if changed != value:
                found = True
                self.headers.replace_header(name, changed)
        return found


def route(method, pattern):
    """Marks a method of a vendor as what answers `method` on paths that match the whole pattern."""

    def mark(function):
        function.routes = getattr(function, "routes", []) + [(method, re.compile(pattern))]
        return function

    return mark


def iso(seconds, suffix="Z"):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S") + suffix


def from_iso(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


class Vendor:
    """One simulated system. `now` moves only when a test says so.

    `recording` and `calls` say how its cassette is made: record.py reads them.
    """

    page_most = 10**6  # rows on a page, however many are asked for
    recording = None

    def calls(self):
        """What it would call a webhook with, once all has happened."""
        return []

    def __init__(self):
        self.now = NOW
        self.chance = random.Random(7)
        self.requests = []  # method and target of all that was asked, for tests that count
        self.access_token, self.refresh_token, self.challenge, self.tokens_given = None, None, None, 0
        self._faults = {}
        self._spoilt = 0
        self._rotated = None
        self._served = 0
        self._last = {}
        self._routes = [
            (method, pattern, getattr(self, name))
            for name in dir(self)
            for method, pattern in getattr(getattr(self, name), "routes", [])
        ]

    # Signing in by OAuth 2 (RFC 6749): a token lives for an hour, a refresh token for one use.
    def signed_in(self, request):
        """Whether the request carries an access token that this vendor has given out and not taken back."""
        return request.headers.get("Authorization") == f"Bearer {self.access_token}"

    @route("POST", "/oauth/token")
    def oauth_token(self, request):
        form = dict(urllib.parse.parse_qsl(request.body.decode()))
        if (form.get("client_id"), form.get("client_secret")) != ("touchline", "oauth-client-s3cret"):
            return Answer({"error": "invalid_client", "error_description": f"not {form.get('client_secret')}"}, 401)
        grant = form.get("grant_type")
        if grant == "authorization_code":
            challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            good = form.get("code") == "good-c0de" and challenge == self.challenge
        elif grant == "refresh_token":
            good = form.get("refresh_token") == self.refresh_token
        else:
            good = grant == "client_credentials"
        if not good:
            return Answer({"error": "invalid_grant"}, 400)
        self.tokens_given += 1
        self.access_token, self.refresh_token = f"access-s3cret-{self.tokens_given}", f"refresh-s3cret-{self.tokens_given}"
        return {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": 3600, "token_type": "bearer"}

    def sim_challenge(self, wish):
        self.challenge = wish["challenge"]
        return {}

    def sim_take_back(self, _):
        """The access token is no longer good, whatever its time."""
        self.access_token = None
        return {}

    # What a vendor says in its own way.
    def authorise(self, request):
        """Raises Refused unless the credentials are good."""

    def too_many(self):
        return Answer({"error": "too many requests"}, 429, {"Retry-After": "3"})

    def expired(self):
        return Answer({"error": "the access token expired"}, 401)

    def not_found(self):
        return Answer({"error": "not found"}, 404)

    def pause(self, wish, most):
        """Time goes on between two things: none when all happen at once, or by `gap`, or by chance."""
        if not wish.get("ties"):
            self.now += wish.get("gap") or self.chance.randint(0, most)

    # What tests ask for.
    def sim_fault(self, wish):
        assert wish["kind"] in FAULTS, wish
        self._served, self._last = 0, {}
        self._faults = {number: wish["kind"] for number in wish["at"]}
        return {}

    def sim_faults(self, _):
        return {"spoilt": self._spoilt}

    def sim_rotate(self, wish):
        self._rotated = (wish["old"], wish["new"])
        return {}

    def sim_calls(self, _):
        return {"calls": self.calls()}

    def sim_pages(self, wish):
        """Smaller pages than the vendor's own, so that few things make several."""
        self.page_most = wish["most"]
        return {}

    def sim_advance(self, wish):
        self.now += wish["seconds"]
        return {}

    def sim_late(self, _):
        """Something that becomes visible after later things, if this vendor lets it happen."""
        return {}

    def sim_now(self, _):
        return {"now": self.now}

    def sim_requests(self, _):
        seen, self.requests = self.requests, []
        return {"requests": seen}

    def handle(self, request):
        """The answer and how it is to be spoilt on its way."""
        if request.path.startswith("/_sim/"):
            return Answer(getattr(self, "sim_" + request.path[6:])(request.json() or {})), None
        self.requests.append(request.method + " " + request.path)
        self._served += 1
        fault = self._faults.get(self._served)
        self._spoilt += fault is not None
        if self._rotated and not self.with_the_old_secret(request):
            return self.expired(), None
        if fault == "echo":
            return Answer(request.sent(), 500, {"X-Request": repr(request.headers.items())[:2000]}, "text/plain"), None
        if fault == "429":
            return self.too_many(), None
        if fault == "500":
            return Answer("<html>Bad gateway</html>", 502, content_type="text/html"), None
        if fault == "expired":
            return self.expired(), None
        kind = self.kind(request)
        if fault == "repeat" and kind in self._last:
            return self._last[kind], None
        answer = self.answer(request)
        if answer.status == 200:
            self._last[kind] = answer
        return answer, fault

    def kind(self, request):
        """Which list is asked for: pages of the same one may come twice. What has a digit says which page, or from when."""
        named = sorted((name, value) for name, values in request.query.items() for value in values if not re.search(r"\d", value))
        return (request.method, request.path, *named)

    def with_the_old_secret(self, request):
        """Gives the request what this vendor was written to expect. Whether it carried the secret that is good now."""
        old, new = self._rotated
        return request.exchange(new, old)

    def answer(self, request):
        try:
            for method, pattern, function in self._routes:
                match = pattern.fullmatch(request.path)
                if match and method == request.method:
                    if not request.path.startswith("/oauth/"):
                        self.authorise(request)
                    request.args = match.groups()
                    answer = function(request)
                    return answer if isinstance(answer, Answer) else Answer(answer)
            return self.not_found()
        except Refused as refused:
            return refused.answer


class Passage(Vendor):
    """Before a real server: hands requests on, and answers back with its own address in the place of the server's."""

    def __init__(self, server):
        super().__init__()
        self.ended = (401, {"error": "the credentials are no longer good"})
        self.server = urllib.parse.urlsplit(server)
        self.behind = f"{self.server.scheme}://{self.server.netloc}".encode()

    def sim_expired(self, wish):
        """What the server says when credentials have expired."""
        self.ended = (wish["status"], wish["body"])
        return {}

    def expired(self):
        return Answer(self.ended[1], self.ended[0])

    def kind(self, request):
        """Where everything is posted to one address, the body says what is asked; its numbers are those of pages."""
        return super().kind(request) + (re.sub(rb"\d+", b"", request.body),)

    def answer(self, request):
        hop = ("host", "connection", "accept-encoding", "content-length", "transfer-encoding")
        fields = {name: value for name, value in request.headers.items() if name.lower() not in hop}
        server = http.client.HTTPConnection(self.server.hostname, self.server.port, timeout=300)
        try:
            server.request(request.method, request.target, request.body or None, {**fields, "Host": self.server.netloc})
            got = server.getresponse()
            body = got.read().replace(self.behind, self.origin.encode())
            answer = Answer(body, got.status, {}, got.getheader("Content-Type") or "application/octet-stream")
            for name, value in got.getheaders():
                if name.lower() not in (*hop, "content-type", "date", "server"):
                    answer.headers[name] = value.replace(self.behind.decode(), self.origin)
            return answer
        finally:
            server.close()


def make_handler(vendor):
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def serve(self):
            if self.headers.get("Upgrade", "").lower() == "websocket":
                self.close_connection = True
                vendor.socket(Request(self.command, self.path, self.headers, b""), self.wfile)
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                answer, fault = vendor.handle(Request(self.command, self.path, self.headers, body))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if fault == "cut":
                self.wfile.write(answer.body[: len(answer.body) // 2])
                self.close_connection = True
            elif fault == "slow":
                step = max(1, len(answer.body) // 8)
                for at in range(0, len(answer.body), step):
                    self.wfile.write(answer.body[at : at + step])
                    self.wfile.flush()
                    time.sleep(0.005)
            else:
                self.wfile.write(answer.body)
            self.wfile.flush()

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = serve

        def log_message(self, *_):
            pass

    return Handler


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A caller that was killed is no news; anything else is a fault of the simulator."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def serve(name, *behind):
    """A vendor on a free port; its `origin` says which one."""
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    vendor = Passage(*behind) if behind else importlib.import_module("vendors." + name.replace("-", "_")).Vendor()
    server = Server(("127.0.0.1", 0), make_handler(vendor))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    vendor.origin = f"http://127.0.0.1:{server.server_address[1]}"
    return vendor


if __name__ == "__main__":
    sys.modules["simulator"] = sys.modules["__main__"]
    print("port", serve(*sys.argv[1:]).origin.rsplit(":", 1)[1], flush=True)
    sys.stdin.read()
