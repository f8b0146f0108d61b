"""X, as https://docs.x.com/x-api describes version 2: timelines of mentions and posts, partial errors, limits in spans of 15 minutes."""

import base64

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

CAP = 800  # posts that a timeline of mentions goes back
OWN = "2244994945"
FIELDS = {"author_id", "conversation_id", "created_at", "entities", "in_reply_to_user_id", "lang", "referenced_tweets", "public_metrics", "text", "id"}
EPOCH = 1288834974


class Vendor(Base):
    page_most = 30  # 100 at X
    recording = {
        "about": "An account: mentions on several pages, one answering to a post that is gone, and own posts; a webhook tells of a new mention and of a deleted one.",
        "sign_in": ("bearer", "x-secret"),
        "settings": {"username": "halden"},
        "address": "https://api.x.com",
        "seed": {"count": 8, "gap": 3600},
    }

    def calls(self):
        first, second = sorted(self.mentions)[:2]
        created = {"id_str": str(first), "user": {"id_str": self.mentions[first]["author_id"]}}
        gone = {"status": {"id": str(second), "user_id": self.mentions[second]["author_id"]}}
        return [
            {"stream": "mentions", "json": {"for_user_id": OWN, "tweet_create_events": [created]}},
            {"stream": "mentions", "json": {"for_user_id": OWN, "tweet_delete_events": [gone]}},
        ]

    def __init__(self):
        super().__init__()
        self.mentions, self.posts, self.sequence, self.epoch = {}, {}, 0, 0

    def problem(self, status, title, detail, **more):
        return Refused(status, {"title": title, "detail": detail, "type": "about:blank", "status": status, **more})

    def authorise(self, request):
        if request.headers.get("Authorization") != "Bearer x-secret":
            raise self.problem(401, "Unauthorized", "Unauthorized")

    def expired(self):
        return self.problem(401, "Unauthorized", "Unauthorized").answer

    def too_many(self):
        answer = self.problem(429, "Too Many Requests", "Too Many Requests").answer
        answer.headers.update({"x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(self.now + 600)})
        return answer

    def not_found(self):
        return self.problem(404, "Not Found", "Not Found").answer

    def refuse(self, sentence):
        return self.problem(400, "Invalid Request", "One or more parameters to your request was invalid.", errors=[{"message": sentence}])

    def shown(self, post, request):
        fields = set((request.param("tweet.fields") or "").split(",")) - {""}
        if fields - FIELDS:
            raise self.refuse(f"The `tweet.fields` query parameter value [{sorted(fields - FIELDS)[0]}] is not one of the known ones")
        return {name: value for name, value in post.items() if name in fields | {"id", "text", "edit_history_tweet_ids"} and value is not None}

    def expanded(self, posts, request):
        if not posts:
            return {}
        answer = {"data": [self.shown(post, request) for post in posts]}
        if request.param("expansions") == "author_id":
            ids = dict.fromkeys(post["author_id"] for post in posts)
            answer["includes"] = {"users": [{"id": i, "name": f"Person {i}", "username": f"person{i}"} for i in ids]}
        return answer

    @route("GET", "/2/users/by/username/([A-Za-z0-9_]{1,15})")
    def by_name(self, request):
        if request.args[0] != "halden":
            detail = f"Could not find user with username: [{request.args[0]}]."
            return {"errors": [{"value": request.args[0], "detail": detail, "title": "Not Found Error", "resource_type": "user"}]}
        return {"data": {"id": OWN, "name": "Halden", "username": "halden"}}

    @route("GET", "/2/users/([0-9]+)/(mentions|tweets)")
    def timeline(self, request):
        allowed = ("max_results", "since_id", "until_id", "start_time", "end_time", "pagination_token", "tweet.fields", "expansions", "user.fields", "exclude")
        request.only(allowed, self.refuse)
        if request.args[0] != OWN:
            return {"errors": [{"detail": "Sorry, you are not authorized to see this user.", "title": "Authorization Error", "resource_type": "user"}]}
        size = request.number("max_results", 10, 5, 100, self.refuse)
        own = request.args[1] == "tweets"
        ids = sorted(self.posts if own else self.mentions, reverse=True)
        if not own:
            ids = ids[:CAP]
        if "since_id" in request.query:
            ids = [i for i in ids if i > int(request.param("since_id"))]
        if "start_time" in request.query:
            ids = [i for i in ids if i >> 22 >= (from_iso(request.param("start_time")) - EPOCH) * 1000]
        if "pagination_token" in request.query:
            try:
                epoch, before = map(int, base64.b32decode(request.param("pagination_token")).decode().split("|"))
            except ValueError:
                epoch, before = -1, 0
            if epoch != self.epoch:
                raise self.refuse("The `pagination_token` query parameter value is not valid")
            ids = [i for i in ids if i < before]
        page = ids[: min(size, self.page_most)]
        posts = [(self.posts if own else self.mentions)[i] for i in page]
        answer = {**self.expanded(posts, request), "meta": {"result_count": len(page)}}
        if page:
            answer["meta"].update(newest_id=str(page[0]), oldest_id=str(page[-1]))
        if len(page) < len(ids):
            answer["meta"]["next_token"] = base64.b32encode(f"{self.epoch}|{page[-1]}".encode()).decode()
        gone = [post for post in posts if post["author_id"].endswith("7")]
        if gone:
            # Of some posts the one that they answer to is gone.
            answer["errors"] = [{"resource_id": p["id"], "title": "Not Found Error", "detail": "Could not find tweet", "resource_type": "tweet"} for p in gone]
        return answer

    @route("GET", "/2/tweets")
    def lookup(self, request):
        ids = [int(ident) for ident in request.param("ids").split(",")]
        if not 1 <= len(ids) <= 100:
            raise self.refuse("ids: from 1 to 100")
        everything = {**self.mentions, **self.posts}
        answer = self.expanded([everything[i] for i in ids if i in everything], request)
        missing = [i for i in ids if i not in everything]
        if missing:
            answer["errors"] = [{"resource_id": str(i), "title": "Not Found Error", "detail": f"Could not find tweet with ids: [{i}]."} for i in missing]
        return answer

    # What people write.
    def ident(self):
        self.sequence += 1
        return ((self.now - EPOCH) * 1000 << 22) + self.sequence

    def post(self, author, text, to=None, mentions=()):
        ident = self.ident()
        return ident, {
            "id": str(ident), "text": text, "author_id": author, "conversation_id": str(ident), "created_at": iso(self.now, ".000Z"),
            "in_reply_to_user_id": to, "lang": "en", "edit_history_tweet_ids": [str(ident)],
            "entities": {"mentions": [{"start": 0, "end": 4, "username": f"person{i}", "id": i} for i in mentions]},
        }

    def mention(self, author, to=None):
        ident, post = self.post(author, "@halden my bike squeaks", to, [OWN])
        self.mentions[ident] = post

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            self.mention(str(1000 + number), OWN if number % 3 == 0 else None)
            if number % 2 == 0:
                ident, post = self.post(OWN, "Bring it in!", str(1000 + number), [str(1000 + number)])
                self.posts[ident] = post
            self.pause(wish, 40)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 30
        for number in range(wish.get("more", 2 * self.page_most + 7)):
            self.mention(str(5000 + number))
        return {}

    def sim_forget_tokens(self, _):
        self.epoch += 1
        return {}

    def sim_take_away(self, _):
        ident = sorted(self.mentions)[4]
        del self.mentions[ident]
        deleted = {"status": {"id": str(ident), "user_id": "5"}}
        return {"calls": [{"json": {"for_user_id": OWN, "tweet_delete_events": [deleted]}}]}

    def sim_truth(self, _):
        return {"mentions": {str(i): "" for i in self.mentions}, "posts": {str(i): "" for i in self.posts}}
