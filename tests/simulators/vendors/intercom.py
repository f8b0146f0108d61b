"""Intercom, as https://developers.intercom.com/docs/references/ describes version 2.11: searches with their days, parts, webhooks."""

import base64

from simulator import Answer, Refused, Vendor as Base, route

DAY = 86_400
ZONE = 2 * 3600  # the workspace is east of Greenwich
INDEX_LAG = 15  # seconds until search finds a change


class Vendor(Base):
    page_most = 25  # 150 at Intercom
    recording = {
        "about": "A small help desk: contacts and conversations on two pages, their parts, ratings; a conversation is closed; two webhooks.",
        "sign_in": ("bearer", "ic-secret"),
        "settings": {"workspace": "ab12"},
        "address": "https://api.intercom.io",
        "seed": {"count": 5, "gap": 86_400},
    }

    def calls(self):
        conversation = str(sorted(self.conversations)[0])
        return [
            {"stream": "conversations", "json": {"topic": "conversation.user.replied", "data": {"item": {"id": conversation}}}},
            {"stream": "contacts", "json": {"topic": "contact.deleted", "data": {"item": {"id": "99"}}}},
        ]

    def __init__(self):
        super().__init__()
        self.contacts, self.conversations = {}, {}
        self.next_id = 1000

    def errors(self, status, code, message, headers=None):
        return Refused(status, {"type": "error.list", "request_id": "b1", "errors": [{"code": code, "message": message}]}, headers)

    def authorise(self, request):
        if request.headers.get("Authorization") != "Bearer ic-secret":
            raise self.errors(401, "unauthorized", "Access Token Invalid")
        if request.headers.get("Intercom-Version") not in ("2.10", "2.11", "2.12", "2.13", "2.14"):
            raise self.errors(400, "intercom_version_invalid", "The requested version does not exist")

    def expired(self):
        return self.errors(401, "unauthorized", "Access Token Invalid").answer

    def too_many(self):
        headers = {"X-RateLimit-Limit": "166", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(self.now + 10)}
        return self.errors(429, "rate_limit_exceeded", "Exceeded rate limit", headers).answer

    def not_found(self):
        return self.errors(404, "not_found", "Resource Not Found").answer

    def bad(self, message):
        return self.errors(400, "parameter_invalid", message)

    def conditions(self, query, depth=1):
        if "field" in query:
            return [query]
        if depth > 2 or query.get("operator") not in ("AND", "OR") or len(query["value"]) > 15:
            raise self.bad("Max nesting is 2 and max filters per group is 15")
        return [leaf for part in query["value"] for leaf in self.conditions(part, depth + 1)]

    def search(self, request, objects, by_day, name):
        wish = request.json()
        if set(wish) - {"query", "pagination", "sort"}:
            raise self.bad("unknown member")
        rows = [thing for thing in objects.values() if thing["updated_at"] <= self.now - INDEX_LAG]
        for condition in self.conditions(wish["query"]):
            if condition["field"] != "updated_at" or condition["operator"] not in (">", "<", "=") or not isinstance(condition["value"], int):
                raise self.bad("updated_at is compared with a number by one of > < =")
            grain = (lambda time: (time + ZONE) // DAY) if by_day else (lambda time: time)
            compare = {">": "__gt__", "<": "__lt__", "=": "__eq__"}[condition["operator"]]
            rows = [t for t in rows if getattr(grain(t["updated_at"]), compare)(grain(condition["value"]))]
        sort = wish.get("sort", {"field": "updated_at", "order": "descending"})
        rows.sort(key=lambda t: (t[sort["field"]], int(t["id"])), reverse=sort["order"] == "descending")
        pagination = wish.get("pagination", {})
        size = pagination.get("per_page", 20)
        if not 1 <= size <= 150:
            raise self.bad("per_page: from 1 to 150")
        number, size = 1, min(size, self.page_most)
        total = len(rows)
        if "starting_after" in pagination:
            time, ident, number = map(int, base64.b64decode(pagination["starting_after"]).decode().split("|"))
            rows = [t for t in rows if (t["updated_at"], int(t["id"])) > (time, ident)]
        page = rows[:size]
        pages = {"type": "pages", "page": number, "per_page": size, "total_pages": -(-total // size)}
        if len(page) < len(rows):
            cursor = f"{page[-1]['updated_at']}|{page[-1]['id']}|{number + 1}"
            pages["next"] = {"page": number + 1, "starting_after": base64.b64encode(cursor.encode()).decode()}
        shown = [{k: v for k, v in t.items() if k != "conversation_parts"} for t in page]
        return {"type": "list", name: shown, "total_count": total, "pages": pages}

    @route("POST", "/contacts/search")
    def search_contacts(self, request):
        return self.search(request, self.contacts, True, "data")

    @route("POST", "/conversations/search")
    def search_conversations(self, request):
        answer = self.search(request, self.conversations, False, "conversations")
        return {**answer, "type": "conversation.list"}

    @route("GET", "/(contacts|conversations)/([0-9]+)")
    def get_thing(self, request):
        request.only(("display_as",), lambda sentence: self.bad(sentence))
        return getattr(self, request.args[0]).get(int(request.args[1])) or self.not_found()

    @route("GET", "/me")
    def me(self, _):
        return {"type": "admin", "id": "1", "name": "Agent", "app": {"type": "app", "id_code": "ab12", "name": "Halden"}}

    # What people do with it.
    def ident(self):
        self.next_id += 1
        return self.next_id

    def add_contact(self):
        ident = self.ident()
        self.contacts[ident] = {
            "type": "contact", "id": str(ident), "role": "user", "email": f"person{ident}@example.test", "phone": None,
            "name": f"Person {ident}", "created_at": self.now, "updated_at": self.now, "language_override": None,
        }
        return ident

    def add_conversation(self, contact):
        ident = self.ident()
        self.conversations[ident] = {
            "type": "conversation", "id": str(ident), "title": None, "created_at": self.now, "updated_at": self.now, "state": "open",
            "source": {"type": "conversation", "subject": "", "body": "<p>It broke.</p>", "author": {"type": "user", "id": str(contact)}},
            "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": str(contact)}]},
            "admin_assignee_id": 1, "team_assignee_id": 7, "statistics": {}, "conversation_rating": None,
            "conversation_parts": {"type": "conversation_part.list", "conversation_parts": [], "total_count": 0},
        }
        return ident

    def say(self, conversation, kind, body, author):
        thing = self.conversations[conversation]
        thing["conversation_parts"]["conversation_parts"].append({
            "type": "conversation_part", "id": str(self.ident()), "part_type": kind, "body": body, "created_at": self.now,
            "author": {"type": author, "id": "1", "name": "Bo"},
        })
        thing["updated_at"] = self.now

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            contact = self.add_contact()
            conversation = self.add_conversation(contact)
            self.say(conversation, "comment", "<p>Try again.</p>", "admin")
            self.say(conversation, "assignment", None, "bot")
            if number % 3 == 0:
                self.say(conversation, "note", "<p>A hard one.</p>", "admin")
            if number % 5 == 0:
                self.conversations[conversation]["conversation_rating"] = {"rating": 5, "remark": "Great", "created_at": self.now, "teammate": {"id": 1}}
            self.pause(wish, 90)
        self.now += 60
        return {}

    def sim_step(self, wish):
        """New and changed ones; time goes on, but not to another day of the workspace."""
        self.now += 600
        contacts, conversations = sorted(self.contacts), sorted(self.conversations)
        self.contacts[contacts[0]].update(email="new@example.test", updated_at=self.now)
        self.say(conversations[1], "close", "<p>Bye.</p>", "admin")
        self.conversations[conversations[1]].update(state="closed", statistics={"last_close_at": self.now})
        for _ in range(wish.get("more", self.page_most + 5)):
            self.add_conversation(self.add_contact())
        self.now += 60
        return {}

    def sim_late(self, _):
        here, self.now = self.now, max(t["updated_at"] for t in self.conversations.values()) - 20
        self.say(sorted(self.conversations)[4], "comment", "<p>Late.</p>", "user")
        self.now = here
        return {}

    def sim_remove(self, wish):
        del self.contacts[int(wish["id"])]
        return {}

    def sim_take_away(self, _):
        ident = sorted(self.contacts)[4]
        del self.contacts[ident]
        return {"calls": [{"json": {"topic": "contact.deleted", "data": {"item": {"id": str(ident)}}}}]}

    def sim_truth(self, _):
        parts = [p for t in self.conversations.values() for p in t["conversation_parts"]["conversation_parts"]]
        return {
            "contacts": {t["id"]: str(t["updated_at"]) for t in self.contacts.values()},
            "conversations": {t["id"]: str(t["updated_at"]) for t in self.conversations.values()},
            "parts": {part["id"]: "" for part in parts},
        }
