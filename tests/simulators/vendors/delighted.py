"""Delighted, as https://app.delighted.com/docs/api describes it: survey responses by page, with their people on demand."""

import base64

from simulator import Answer, Refused, Vendor as Base, route

PAGE = 100


class Vendor(Base):
    recording = {
        "about": "What customers answered to a survey; one changed their mind. A response comes in by webhook.",
        "sign_in": ("basic-key", "dl-secret"),
        "settings": {},
        "address": "https://api.delighted.com",
        "seed": {"count": 2, "gap": 3600},
    }

    def calls(self):
        last = list(self.responses.values())[-1]
        return [{"stream": "responses", "json": {"event_type": "survey_response.created", "event_id": "e1", "event_data": last}}]

    def __init__(self):
        super().__init__()
        self.responses, self.next_id = {}, 100

    def authorise(self, request):
        given = request.headers.get("Authorization") or ""
        if not given.startswith("Basic ") or base64.b64decode(given[6:]).split(b":")[0] != b"dl-secret":
            raise self.expired_problem()

    def expired_problem(self):
        return Refused(401, {"status": 401, "message": "Invalid API key"})

    def expired(self):
        return self.expired_problem().answer

    def too_many(self):
        return Answer({"status": 429, "message": "Too many requests"}, 429, {"Retry-After": "7"})

    def refuse(self, sentence):
        return Refused(422, {"status": 422, "message": sentence})

    @route("GET", "/v1/survey_responses.json")
    def list_responses(self, request):
        allowed = ("per_page", "page", "since", "until", "updated_since", "updated_until", "trend", "person_id", "person_email", "order", "expand[]")
        request.only(allowed, self.refuse)
        size = request.number("per_page", 20, 1, PAGE, self.refuse)
        number = request.number("page", 1, 1, 10**6, self.refuse)
        since = request.number("updated_since", 0, 0, 10**10, self.refuse)
        rows = [row for row in self.responses.values() if row["updated_at"] >= since]
        page = rows[(number - 1) * size : number * size]
        if request.query.get("expand[]") == ["person"]:
            return Answer([*page])
        return Answer([{**row, "person": row["person"]["id"]} for row in page])

    @route("GET", "/v1/metrics.json")
    def metrics(self, _):
        return {"nps": 42, "response_count": len(self.responses)}

    # What people answer.
    def answer_survey(self, score, comment=None, kind="nps"):
        self.next_id += 1
        ident = str(self.next_id)
        self.responses[ident] = {
            "id": ident, "survey_type": kind, "score": score, "comment": comment, "permalink": f"https://app.delighted.com/r/{ident}",
            "person": {"id": f"p{ident}", "name": f"Ana {ident}", "email": f"ana{ident}@example.test", "phone_number": None},
            "created_at": self.now, "updated_at": self.now, "person_properties": {"order_id": ident}, "notes": [], "tags": [],
        }
        return ident

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            # Four surveys a person, so that the vendor's own page size is enough for several pages.
            for _ in range(4):
                self.answer_survey(number % 11, "Lovely people." if number % 2 else None)
            self.pause(wish, 60)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 300
        first = next(iter(self.responses.values()))
        first.update(score=10, comment="After all!", updated_at=self.now)
        for number in range(wish.get("more", PAGE + 7)):
            self.answer_survey(number % 5 + 1, kind="stars_five")
        self.now += 60
        return {}

    def sim_late(self, _):
        here, self.now = self.now, max(row["updated_at"] for row in self.responses.values()) - 20
        self.answer_survey(1)
        self.now = here
        return {}

    def sim_truth(self, _):
        return {"responses": {ident: str(row["updated_at"]) for ident, row in self.responses.items()}}
