"""Zendesk Support, as https://developer.zendesk.com/api-reference/ describes it: incremental exports, show_many, ratings."""

import base64

from simulator import Answer, Refused, Vendor as Base, iso, route

MINUTE = 60


class Vendor(Base):
    page_most = 40  # 1,000 at Zendesk; smaller here, so that few tickets make many pages
    recording = {
        "about": "A small help desk: tickets on several pages, one solved, one deleted; comments, private ones too; ratings, good and bad.",
        "sign_in": ("basic", "zd-secret", "--user", "agent@acme.test/token"),
        "settings": {},
        "address": "https://acme.zendesk.com",
        "seed": {"count": 4, "gap": 259200},
    }

    def __init__(self):
        super().__init__()
        self.tickets, self.users, self.events, self.ratings = {}, {}, [], {}
        self.next_id = 1000

    def authorise(self, request):
        good = "Basic " + base64.b64encode(b"agent@acme.test/token:zd-secret").decode()
        if request.headers.get("Authorization") not in (good, "Bearer zd-oauth-secret"):
            raise Refused(401, {"error": "Couldn't authenticate you"}, {"WWW-Authenticate": "Basic"})

    def too_many(self):
        return Answer("Number of allowed incremental export requests per minute exceeded", 429, {"Retry-After": "6"})

    def refuse(self, sentence):
        return Refused(422, {"error": "InvalidValue", "description": sentence})

    # Incremental exports. Items of the last minute are left out.
    def cursor_export(self, request, name, objects):
        request.only(("start_time", "cursor", "per_page", "include", "exclude_deleted"), self.refuse)
        if ("start_time" in request.query) == ("cursor" in request.query):
            raise Refused(400, {"error": "InvalidParameters", "description": "start_time or cursor, not both"})
        rows = sorted((item["updated_at"], item["id"]) for item in objects.values())
        if "cursor" in request.query:
            time, ident = base64.b64decode(request.param("cursor")).decode().split("|")
            rows = [row for row in rows if row > (time, int(ident))]
        else:
            start = request.number("start_time", 0, 0, self.now - MINUTE, self.refuse)
            rows = [row for row in rows if row[0] >= iso(start)]
        rows = [row for row in rows if row[0] <= iso(self.now - MINUTE)]
        page = rows[: self.page_most]
        cursor = request.param("cursor")
        if page:
            cursor = base64.b64encode(f"{page[-1][0]}|{page[-1][1]}".encode()).decode()
        link = f"{self.origin}/api/v2/incremental/{name}/cursor.json?cursor={cursor}" if cursor else None
        return {
            name: [objects[ident] for _, ident in page],
            "after_url": link,
            "after_cursor": cursor,
            "end_of_stream": len(page) == len(rows),
        }

    @route("GET", "/api/v2/incremental/tickets/cursor.json")
    def export_tickets(self, request):
        return self.cursor_export(request, "tickets", self.tickets)

    @route("GET", "/api/v2/incremental/users/cursor.json")
    def export_users(self, request):
        return self.cursor_export(request, "users", self.users)

    @route("GET", "/api/v2/incremental/ticket_events.json")
    def export_events(self, request):
        request.only(("start_time", "include", "per_page"), self.refuse)
        if "start_time" not in request.query:
            raise Refused(400, {"error": "InvalidParameters", "description": "start_time is required"})
        start = request.number("start_time", 0, 0, self.now - MINUTE, self.refuse)
        rows = [event for event in self.events if start <= event["timestamp"] <= self.now - MINUTE]
        rows.sort(key=lambda event: (event["timestamp"], event["id"]))
        page = rows[: self.page_most]
        # All of one second come in one page, however many they are.
        while len(page) < len(rows) and rows[len(page)]["timestamp"] == page[-1]["timestamp"]:
            page.append(rows[len(page)])
        end = page[-1]["timestamp"] if page else None
        if request.param("include") != "comment_events":
            page = [{**event, "child_events": []} for event in page]
        return {
            "ticket_events": page,
            "next_page": f"{self.origin}/api/v2/incremental/ticket_events.json?start_time={end}" if end else None,
            "count": len(page),
            "end_of_stream": len(page) == len(rows),
            "end_time": end,
        }

    def show_many(self, request, name, objects):
        ids = [int(ident) for ident in (request.param("ids") or "").split(",") if ident.isdigit()]
        if len(ids) > 100:
            raise Refused(400, {"error": "TooManyValues", "description": "at most 100 ids"})
        return {name: [objects[i] for i in ids if i in objects and objects[i].get("status") != "deleted"], "count": len(ids)}

    @route("GET", "/api/v2/tickets/show_many.json")
    def many_tickets(self, request):
        return self.show_many(request, "tickets", self.tickets)

    @route("GET", "/api/v2/users/show_many.json")
    def many_users(self, request):
        return self.show_many(request, "users", self.users)

    @route("GET", "/api/v2/users/me.json")
    def me(self, _):
        return {"user": {"id": 1, "name": "Agent", "role": "admin"}}

    @route("GET", "/api/v2/satisfaction_ratings.json")
    def list_ratings(self, request):
        request.only(("start_time", "end_time", "page[size]", "page[after]", "score"), self.refuse)
        size = request.number("page[size]", 100, 1, 100, self.refuse)
        start = request.number("start_time", 0, 0, self.now, self.refuse)
        rows = [self.ratings[i] for i in sorted(self.ratings) if self.ratings[i]["created_at"] >= iso(start)]
        after = int(request.param("page[after]") or 0)
        rows = [rating for rating in rows if rating["id"] > after]
        page = rows[: min(size, self.page_most)]
        more = len(page) < len(rows)
        return {
            "satisfaction_ratings": page,
            "meta": {"has_more": more, "after_cursor": str(page[-1]["id"]) if page else None},
            "links": {"next": None},
        }

    # What people do with it.
    def ident(self):
        self.next_id += 1
        return self.next_id

    def add_user(self, role="end-user"):
        ident = self.ident()
        self.users[ident] = {
            "id": ident, "name": f"Person {ident}", "email": f"person{ident}@example.test", "phone": None,
            "role": role, "active": True, "created_at": iso(self.now), "updated_at": iso(self.now),
        }
        return ident

    def add_ticket(self, requester):
        ident = self.ident()
        self.tickets[ident] = {
            "id": ident, "subject": f"Question {ident}", "status": "new", "requester_id": requester,
            "submitter_id": requester, "assignee_id": None, "group_id": 7, "via": {"channel": "email"},
            "created_at": iso(self.now), "updated_at": iso(self.now), "satisfaction_rating": {"score": "unoffered"},
        }
        self.comment(ident, requester, "It does not work.")
        return ident

    def comment(self, ticket, author, body, public=True):
        child = {
            "id": self.ident(), "type": "Comment", "event_type": "Comment", "author_id": author, "body": body,
            "plain_body": body, "public": public, "via": {"channel": "email"}, "created_at": iso(self.now),
        }
        self.events.append({
            "id": self.ident(), "ticket_id": ticket, "timestamp": self.now, "created_at": iso(self.now),
            "updater_id": author, "via": "Mail", "event_type": "Audit",
            "child_events": [{"id": self.ident(), "status": "open", "event_type": "Change"}, child],
        })
        self.tickets[ticket]["updated_at"] = iso(self.now)

    def rate(self, ticket, score):
        ident = self.ident()
        self.ratings[ident] = {
            "id": ident, "score": score, "comment": "Thanks", "ticket_id": ticket,
            "requester_id": self.tickets[ticket]["requester_id"], "created_at": iso(self.now), "updated_at": iso(self.now),
        }

    def sim_seed(self, wish):
        agent = self.add_user("agent")
        for number in range(wish["count"]):
            requester = self.add_user()
            ticket = self.add_ticket(requester)
            if number % 3 == 0:
                self.comment(ticket, agent, "Try again.")
                self.comment(ticket, agent, "A hard one.", public=False)
            if number % 5 == 0:
                self.rate(ticket, "good")
            self.pause(wish, 90)
        self.now += 2 * MINUTE
        return {}

    def sim_step(self, wish):
        """New, changed and deleted ones; time goes on."""
        self.now += 30
        tickets = sorted(self.tickets)
        self.comment(tickets[0], self.tickets[tickets[0]]["requester_id"], "Still broken.")
        self.tickets[tickets[1]].update(status="solved", updated_at=iso(self.now))
        self.tickets[tickets[2]].update(status="deleted", updated_at=iso(self.now))
        for _ in range(wish.get("more", 45)):
            self.add_ticket(self.add_user())
        self.rate(tickets[1], "bad")
        self.now += 2 * MINUTE
        return {}

    def sim_take_away(self, _):
        self.tickets[sorted(self.tickets)[4]].update(status="deleted", updated_at=iso(self.now))
        self.users[sorted(self.users)[4]].update(active=False, updated_at=iso(self.now))
        return {}

    def sim_truth(self, _):
        comments = [c for e in self.events for c in e["child_events"] if c["event_type"] == "Comment"]
        return {
            "tickets": {str(i): ticket["updated_at"] for i, ticket in self.tickets.items()},
            "users": {str(i): user["updated_at"] for i, user in self.users.items()},
            "comments": {str(comment["id"]): "" for comment in comments},
            "ratings": {str(i): rating["updated_at"] for i, rating in self.ratings.items()},
        }
