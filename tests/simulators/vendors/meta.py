"""Meta's Graph API, as https://developers.facebook.com/docs/graph-api/ describes it: a page's feed, comments, conversations."""

import base64
import hashlib
import hmac

from simulator import Answer, Refused, Vendor as Base, iso, route

OWN = "104820001234567"
TOKEN, APP_SECRET = "EAAG-secret", "meta-app-s3cret"
FIELDS = {
    "feed": {"id", "message", "from", "created_time", "updated_time", "permalink_url"},
    "comments": {"id", "message", "from", "created_time", "parent", "permalink_url"},
    "conversations": {"id", "updated_time", "participants"},
    "messages": {"id", "message", "from", "to", "created_time"},
    "page": {"id", "name"},
}


def stamp(seconds):
    return iso(seconds, "+0000")


class Vendor(Base):
    page_most = 20  # 100 at Meta
    recording = {
        "about": "A page: posts of its own and of a visitor, comments with answers, conversations on two pages; two webhooks, one for a comment that is gone.",
        "sign_in": ("bearer-proof", TOKEN, "--app-secret", "SIMULATED_APP_SECRET"),
        "more_secrets": {"SIMULATED_APP_SECRET": APP_SECRET},
        "settings": {"page": OWN},
        "address": "https://graph.facebook.com",
        "seed": {"count": 5, "gap": 3600},
    }

    def calls(self):
        comments = [{"field": "feed", "value": {"item": "comment", "comment_id": ident}} for ident in (sorted(self.comments)[0], "1_99")]
        message = {"message": {"mid": sorted(self.messages)[0]}}
        return [
            {"stream": "comments", "json": {"object": "page", "entry": [{"id": OWN, "changes": comments}]}},
            {"stream": "messages", "json": {"object": "page", "entry": [{"id": OWN, "messaging": [message]}]}},
        ]

    def __init__(self):
        super().__init__()
        self.posts, self.comments, self.conversations, self.messages = {}, {}, {}, {}
        self.next_id = 100

    def problem(self, status, code, message, subcode=None):
        error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
        if subcode:
            error["error_subcode"] = subcode
        return Refused(status, {"error": error})

    def authorise(self, request):
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise self.problem(400, 190, "Invalid OAuth access token.")
        proof = request.param("appsecret_proof")
        if proof is None:
            raise self.problem(400, 100, "API calls from the server require an appsecret_proof argument")
        if proof != hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest():
            raise self.problem(400, 100, "Invalid appsecret_proof provided in the API argument")

    def expired(self):
        return self.problem(400, 190, "Error validating access token: Session has expired", 463).answer

    def too_many(self):
        return self.problem(400, 32, "(#32) Page request limit reached").answer

    def not_found(self):
        return self.problem(400, 100, "Unsupported get request. Object with this ID does not exist", 33).answer

    def refuse(self, sentence):
        return self.problem(400, 100, f"(#100) {sentence}")

    def chosen(self, request, kind):
        names = [name.split("{")[0] for name in (request.param("fields") or "id").split(",")]
        for name in names:
            if name not in FIELDS[kind]:
                raise self.refuse(f"Tried accessing nonexisting field ({name})")
        return names

    def shown(self, thing, names):
        return {name: thing[name] for name in names if thing.get(name) is not None}

    def listed(self, request, kind, rows, allowed=()):
        request.only(("fields", "limit", "after", "appsecret_proof", *allowed), self.refuse)
        names = self.chosen(request, kind)
        size = min(request.number("limit", 25, 1, 100, self.refuse), self.page_most)
        start = int(base64.b64decode(request.param("after")).decode()) if "after" in request.query else 0
        page = rows[start : start + size]
        answer = {"data": [self.shown(row, names) for row in page]}
        if page:
            cursor = base64.b64encode(str(start + len(page)).encode()).decode()
            answer["paging"] = {"cursors": {"before": "b", "after": cursor}}
            if start + len(page) < len(rows):
                answer["paging"]["next"] = f"{self.origin}{request.path}?access_token={TOKEN}&after={cursor}"
        return answer

    @route("GET", r"/v\d+\.0/(\d+)/feed")
    def feed(self, request):
        if request.args[0] != OWN:
            return self.not_found()
        since = request.number("since", 0, 0, 10**10, self.refuse)
        rows = [post for post in self.posts.values() if post["time"] >= since]
        return self.listed(request, "feed", sorted(rows, key=lambda p: -p["time"]), ("since", "until"))

    @route("GET", r"/v\d+\.0/(\d+_\d+)/comments")
    def list_comments(self, request):
        if request.args[0] not in self.posts:
            return self.not_found()
        rows = [c for c in self.comments.values() if c["post"] == request.args[0]]
        if request.param("filter", "toplevel") != "stream":
            rows = [c for c in rows if not c.get("parent")]
        return self.listed(request, "comments", rows, ("filter", "order"))

    @route("GET", r"/v\d+\.0/(\d+)/conversations")
    def list_conversations(self, request):
        rows = sorted(self.conversations.values(), key=lambda c: (-c["time"], c["id"]))
        return self.listed(request, "conversations", rows, ("platform",))

    @route("GET", r"/v\d+\.0/(t_\d+)/messages")
    def list_messages(self, request):
        rows = [m for m in self.messages.values() if m["conversation"] == request.args[0]]
        return self.listed(request, "messages", sorted(rows, key=lambda m: (-m["time"], m["id"])))

    @route("GET", r"/v\d+\.0/([a-z0-9_]+)")
    def get_thing(self, request):
        ident = request.args[0]
        if ident == OWN:
            return self.shown({"id": OWN, "name": "Halden"}, self.chosen(request, "page"))
        for kind, things in (("comments", self.comments), ("messages", self.messages)):
            if ident in things:
                return self.shown(things[ident], self.chosen(request, kind))
        return self.not_found()

    # What people do with it.
    def ident(self):
        self.next_id += 1
        return self.next_id

    def add_post(self, author=OWN):
        ident = f"{OWN}_{self.ident()}"
        self.posts[ident] = {
            "id": ident, "message": "New model", "from": {"id": author, "name": f"Person {author}"}, "time": self.now,
            "created_time": stamp(self.now), "updated_time": stamp(self.now), "permalink_url": f"https://www.facebook.com/{ident}",
        }
        return ident

    def comment(self, post, author, parent=None):
        ident = f"{post.split('_')[1]}_{self.ident()}"
        self.comments[ident] = {
            "id": ident, "message": "How much?", "from": {"id": author, "name": f"Person {author}"}, "post": post,
            "parent": {"id": parent} if parent else None, "created_time": stamp(self.now), "permalink_url": f"https://www.facebook.com/{ident}",
        }
        self.posts[post]["updated_time"] = stamp(self.now)
        return ident

    def converse(self, person, conversation=None, text="Hello"):
        if conversation is None:
            conversation = f"t_{self.ident()}"
        self.conversations[conversation] = {"id": conversation, "time": self.now, "updated_time": stamp(self.now)}
        ident = f"m_{self.ident()}"
        self.messages[ident] = {
            "id": ident, "conversation": conversation, "message": text, "time": self.now, "created_time": stamp(self.now),
            "from": {"id": person, "name": f"Person {person}"}, "to": {"data": [{"id": OWN, "name": "Halden"}]},
        }
        return conversation

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            if number % 4 == 0:
                post = self.add_post(OWN if number % 8 else str(900 + number))
            comment = self.comment(post, str(1000 + number))
            if number % 3 == 0:
                self.comment(post, OWN, comment)
                talk = self.converse(str(7000 + number))
                self.converse(str(7000 + number), talk, "Anybody?")
            self.pause(wish, 90)
        self.now += 300
        return {}

    def sim_step(self, wish):
        """New ones, on an old post and in an old conversation too; time goes on."""
        self.now += 600
        posts, talks = sorted(self.posts), sorted(self.conversations)
        for number in range(wish.get("more", self.page_most + 5)):
            self.comment(posts[0], str(2000 + number))
        self.converse("7000", talks[0], "Still there?")
        for number in range(wish.get("more", self.page_most + 5)):
            self.converse(str(8000 + number))
        self.now += 300
        return {}

    def sim_late(self, _):
        here, self.now = self.now, self.now - 300 - 60
        latest = max(self.posts.values(), key=lambda p: p["updated_time"])
        self.comment(latest["id"], "3000")
        self.now = here
        return {}

    def sim_remove(self, wish):
        del self.comments[wish["id"]]
        return {}

    def with_the_old_secret(self, request):
        if not super().with_the_old_secret(request):
            return False
        proofs = {hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest() for token in self._rotated}
        if request.param("appsecret_proof") in proofs:
            request.query["appsecret_proof"] = [hmac.new(APP_SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()]
        return True

    def sim_take_away(self, _):
        ident = sorted(self.comments)[4]
        del self.comments[ident]
        value = {"item": "comment", "verb": "remove", "comment_id": ident}
        return {"calls": [{"json": {"object": "page", "entry": [{"id": OWN, "changes": [{"field": "feed", "value": value}]}]}}]}

    def sim_truth(self, _):
        return {
            "posts": {p["id"]: p["updated_time"] for p in self.posts.values()},
            "comments": {ident: "" for ident in self.comments},
            "messages": {ident: "" for ident in self.messages},
        }
