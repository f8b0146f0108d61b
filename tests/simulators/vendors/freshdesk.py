"""Freshdesk, as https://developers.freshdesk.com/api/ describes version 2: tickets, conversations, ratings, contacts."""

import base64

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

PAGES = 6  # 300 at Freshdesk
THIRTY_DAYS = 30 * 86400


class Vendor(Base):
    page_most = 30  # 100 at Freshdesk
    recording = {
        "about": "A small help desk: tickets on two pages, one solved, one deleted, one spam; conversations, ratings, contacts; a webhook.",
        "sign_in": ("basic-key", "fd-secret"),
        "settings": {},
        "address": "https://halden.freshdesk.com",
        "seed": {"count": 5, "gap": 3600},
    }

    def calls(self):
        return [{"stream": "tickets", "json": {"freshdesk_webhook": {"ticket_id": sorted(self.tickets)[1]}}}]

    def __init__(self):
        super().__init__()
        self.tickets, self.conversations, self.ratings, self.contacts = {}, {}, {}, {}
        self.next_id = 100

    def authorise(self, request):
        if request.headers.get("Authorization") != "Basic " + base64.b64encode(b"fd-secret:X").decode():
            raise Refused(401, {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."})

    def expired(self):
        return Answer({"code": "invalid_credentials", "message": "You have to be logged in to perform this action."}, 401)

    def too_many(self):
        return Answer({"message": "You have exceeded the limit of requests per minute"}, 429, {"Retry-After": "9"})

    def not_found(self):
        return Answer("", 404)

    def refuse(self, field):
        error = {"field": field, "message": "Unexpected/invalid field in request", "code": "invalid_field"}
        return Refused(400, {"description": "Validation failed", "errors": [error]})

    def answer(self, request):
        answer = super().answer(request)
        answer.headers.update({"X-RateLimit-Total": "5000", "X-RateLimit-Remaining": "4000", "X-RateLimit-Used-CurrentRequest": "1"})
        return answer

    def page(self, request, rows, allowed, most=None):
        request.only((*allowed, "page", "per_page"), self.refuse)
        size = min(request.number("per_page", 30, 1, 100, self.refuse), self.page_most)
        number = request.number("page", 1, 1, most or 10**6, self.refuse)
        found = rows[(number - 1) * size : number * size]
        more = number * size < len(rows)
        link = {"Link": f'<{self.origin}{request.path}?page={number + 1}>; rel="next"'} if more else {}
        return Answer(found, headers=link)

    def since(self, request, name):
        """Without the parameter, the last thirty days."""
        text = request.param(name)
        if text is None:
            return self.now - THIRTY_DAYS
        if not text.endswith("Z"):
            raise self.refuse(name)
        return from_iso(text)

    def shown(self, ticket, include):
        hidden = ("requester", "stats", "description", "description_text")
        kept = {name: value for name, value in ticket.items() if name not in hidden}
        if "requester" in include:
            kept["requester"] = {name: self.contacts[ticket["requester_id"]][name] for name in ("id", "name", "email")}
        if "stats" in include:
            kept["stats"] = ticket["stats"]
        if "description" in include:
            kept["description_text"] = ticket["description_text"]
        return kept

    @route("GET", "/api/v2/tickets")
    def list_tickets(self, request):
        include = (request.param("include") or "").split(",")
        if set(include) - {"", "requester", "stats", "description"}:
            raise self.refuse("include")
        by, direction = request.param("order_by", "created_at"), request.param("order_type", "desc")
        if by not in ("created_at", "due_by", "updated_at", "status") or direction not in ("asc", "desc"):
            raise self.refuse("order_by")
        kind = request.param("filter", "")
        if kind not in ("", "deleted", "spam", "new_and_my_open", "watching"):
            raise self.refuse("filter")
        since = self.since(request, "updated_since")
        rows = [t for t in self.tickets.values() if from_iso(t["updated_at"]) >= since]
        rows = [t for t in rows if (t.get("deleted", False), t["spam"]) == (kind == "deleted", kind == "spam")]
        # In no order within one second.
        rows.sort(key=lambda t: (t[by], t["id"] * 7919 % 101), reverse=direction == "desc")
        allowed = ("updated_since", "order_by", "order_type", "include", "filter", "email", "requester_id", "company_id")
        return self.page(request, [self.shown(t, include) for t in rows], allowed, PAGES)

    @route("GET", "/api/v2/tickets/([0-9]+)")
    def get_ticket(self, request):
        ticket = self.tickets.get(int(request.args[0]))
        return self.shown(ticket, ["description", *(request.param("include") or "").split(",")]) if ticket else self.not_found()

    @route("GET", "/api/v2/tickets/([0-9]+)/conversations")
    def list_conversations(self, request):
        ident = int(request.args[0])
        if ident not in self.tickets:
            return self.not_found()
        return self.page(request, [c for c in self.conversations.values() if c["ticket_id"] == ident], ())

    @route("GET", "/api/v2/surveys/satisfaction_ratings")
    def list_ratings(self, request):
        since = self.since(request, "created_since")
        rows = [r for r in self.ratings.values() if from_iso(r["created_at"]) >= since]
        return self.page(request, rows[::-1], ("created_since", "user_id"))

    @route("GET", "/api/v2/contacts")
    def list_contacts(self, request):
        deleted = request.param("state") == "deleted"
        rows = [c for c in self.contacts.values() if c.get("deleted", False) == deleted]
        if "_updated_since" in request.query:
            since = self.since(request, "_updated_since")
            rows = [c for c in rows if from_iso(c["updated_at"]) >= since]
        return self.page(request, rows, ("_updated_since", "state", "email", "phone", "mobile", "company_id"))

    @route("GET", "/api/v2/agents/me")
    def me(self, _):
        return {"id": 1, "contact": {"name": "Agent", "email": "agent@acme.test"}}

    # What people do with it.
    def ident(self):
        self.next_id += 1
        return self.next_id

    def add_contact(self):
        ident = self.ident()
        self.contacts[ident] = {
            "id": ident, "name": f"Person {ident}", "email": f"person{ident}@example.test", "phone": None, "mobile": None,
            "language": "en", "active": True, "created_at": iso(self.now), "updated_at": iso(self.now),
        }
        return ident

    def add_ticket(self):
        ident = self.ident()
        self.tickets[ident] = {
            "id": ident, "subject": f"Question {ident}", "status": 2, "priority": 1, "source": 1, "spam": False,
            "requester_id": self.add_contact(), "responder_id": 1, "group_id": 7, "description_text": "It does not work.",
            "stats": {"resolved_at": None, "closed_at": None}, "created_at": iso(self.now), "updated_at": iso(self.now),
        }
        return ident

    def change(self, ticket, **fields):
        self.tickets[ticket].update(fields, updated_at=iso(self.now))

    def say(self, ticket, body, incoming=True, private=False):
        ident = self.ident()
        self.conversations[ident] = {
            "id": ident, "ticket_id": ticket, "body_text": body, "incoming": incoming, "private": private,
            "user_id": self.tickets[ticket]["requester_id"] if incoming else 1, "created_at": iso(self.now), "updated_at": iso(self.now),
        }
        self.change(ticket)

    def rate(self, ticket, score):
        ident = self.ident()
        self.ratings[ident] = {
            "id": ident, "survey_id": 1, "user_id": self.tickets[ticket]["requester_id"], "agent_id": 1, "group_id": 7, "feedback": "Fine",
            "ticket_id": ticket, "created_at": iso(self.now), "updated_at": iso(self.now), "ratings": {"default_question": score},
        }

    def sim_seed(self, wish):
        # Longer ago than what Freshdesk shows to those who do not ask for it.
        self.add_ticket()
        self.now += 2 * THIRTY_DAYS
        for number in range(wish["count"]):
            ticket = self.add_ticket()
            if number % 3 == 0:
                self.say(ticket, "Try again.", incoming=False)
                self.say(ticket, "A hard one.", incoming=False, private=True)
            if number % 5 == 0:
                self.rate(ticket, 103)
            self.pause(wish, 90)
        self.now += 60
        return {}

    def sim_step(self, wish):
        """New, changed, deleted ones and spam; time goes on."""
        self.now += 90_000
        tickets, contacts = sorted(self.tickets), sorted(self.contacts)
        self.say(tickets[0], "Still broken.")
        self.change(tickets[1], status=5, stats={"resolved_at": iso(self.now), "closed_at": iso(self.now)})
        self.change(tickets[2], deleted=True)
        self.change(tickets[3], spam=True)
        self.contacts[contacts[0]].update(deleted=True, updated_at=iso(self.now))
        for _ in range(wish.get("more", self.page_most + 5)):
            self.add_ticket()
        self.rate(tickets[1], -103)
        self.now += 60
        return {}

    def sim_late(self, _):
        here, self.now = self.now, max(from_iso(t["updated_at"]) for t in self.tickets.values()) - 20
        self.change(sorted(self.tickets)[4], status=3)
        self.now = here
        return {}

    def sim_many(self, wish):
        """More than the list ever shows, each in a second of its own."""
        for _ in range(wish["count"]):
            self.add_ticket()
            self.now += 1
        return {}

    def sim_take_away(self, _):
        self.change(sorted(self.tickets)[4], deleted=True)
        self.contacts[sorted(self.contacts)[4]].update(deleted=True, updated_at=iso(self.now))
        return {}

    def sim_truth(self, _):
        truth = {
            "tickets": {str(i): t["updated_at"] for i, t in self.tickets.items()},
            "conversations": {str(i): "" for i in self.conversations},
            "ratings": {str(i): r["updated_at"] for i, r in self.ratings.items()},
            "contacts": {str(i): c["updated_at"] for i, c in self.contacts.items()},
        }
        return truth
