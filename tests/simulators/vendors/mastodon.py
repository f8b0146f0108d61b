"""Mastodon, as https://docs.joinmastodon.org/api/ describes it: lists newest first, min_id forwards without gaps."""

from simulator import Answer, Refused, Vendor as Base, iso, route

OWN = "1000"


class Vendor(Base):
    recording = {
        "about": "A shop's account: mentions and shares on several pages, and its own answers.",
        "sign_in": ("bearer", "masto-secret"),
        "settings": {},
        "address": "https://social.example",
        "seed": {"count": 5, "gap": 3600},
    }

    def __init__(self):
        super().__init__()
        self.notifications, self.statuses = {}, {}
        self.counter = 0

    def authorise(self, request):
        if request.headers.get("Authorization") != "Bearer masto-secret":
            raise Refused(401, {"error": "The access token is invalid"})

    def too_many(self):
        reset = iso(self.now + 4, ".000000Z")
        return Answer({"error": "Too many requests"}, 429, {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset})

    def refuse(self, sentence):
        return Refused(422, {"error": sentence})

    def ident(self):
        self.counter += 1
        return (self.now * 1000 << 16) + self.counter

    def page(self, request, rows, allowed):
        request.only(("limit", "min_id", "max_id", "since_id", *allowed), self.refuse)
        limit = min(request.number("limit", 20, 1, 10**6, self.refuse), 40, self.page_most)
        ids = sorted(rows)
        if "max_id" in request.query:
            ids = [i for i in ids if i < int(request.param("max_id"))]
        if "since_id" in request.query:
            ids = [i for i in ids if i > int(request.param("since_id"))]
        if "min_id" in request.query:
            ids = [i for i in ids if i > int(request.param("min_id"))][:limit]
        page = ids[-limit:][::-1]
        links = []
        if page:
            links = [f'<{self.origin}{request.path}?max_id={page[-1]}>; rel="next"', f'<{self.origin}{request.path}?min_id={page[0]}>; rel="prev"']
        return Answer([rows[i] for i in page], headers={"Link": ", ".join(links)} if links else {})

    @route("GET", "/api/v1/accounts/verify_credentials")
    def me(self, _):
        return {"id": OWN, "acct": "halden", "url": f"{self.origin}/@halden"}

    @route("GET", "/api/v1/notifications")
    def list_notifications(self, request):
        types = request.query.get("types[]", [])
        return self.page(request, {i: n for i, n in self.notifications.items() if not types or n["type"] in types}, ("types[]",))

    @route("GET", "/api/v1/accounts/([0-9]+)/statuses")
    def list_statuses(self, request):
        if request.args[0] != OWN:
            return self.not_found()
        return self.page(request, self.statuses, ("exclude_reblogs", "exclude_replies", "only_media"))

    # What people write.
    def account(self, name):
        return {"id": name.strip("ana"), "acct": f"{name}@social.example", "url": f"https://social.example/@{name}", "display_name": name.title()}

    def status(self, ident, text, reply_to=None, mentions=()):
        return {
            "id": str(ident), "created_at": iso(self.now, ".000Z"), "in_reply_to_id": reply_to, "content": f"<p>{text}</p>", "edited_at": None,
            "language": "en", "url": f"https://social.example/{ident}", "visibility": "public", "mentions": list(mentions),
        }

    def mention(self, name, kind="mention"):
        ident = self.ident()
        self.notifications[ident] = {
            "id": str(ident), "type": kind, "created_at": iso(self.now, ".000Z"), "account": self.account(name),
            "status": self.status(self.ident(), "@halden my bike squeaks"),
        }
        return self.notifications[ident]["status"]["id"]

    def answer_to(self, name, status):
        ident = self.ident()
        self.statuses[ident] = self.status(ident, "Bring it in!", status, [self.account(name)])

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            status = self.mention(f"ana{number}", "reblog" if number % 5 == 4 else "mention")
            self.mention(f"ana{number}", "follow")
            if number % 2 == 0:
                self.answer_to(f"ana{number}", status)
            self.pause(wish, 40)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 30
        for number in range(wish.get("more", 85)):
            self.mention(f"bo{number}")
        return {}

    def sim_truth(self, _):
        return {
            "mentions": {n["id"]: "" for n in self.notifications.values() if n["type"] != "follow"},
            "posts": {s["id"]: "" for s in self.statuses.values()},
        }
