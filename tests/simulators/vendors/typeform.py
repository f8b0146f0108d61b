"""Typeform's Responses API, as https://www.typeform.com/developers/responses/ describes it: since, until, page_size, sort."""

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

FORM = "lT4Z3j"


class Vendor(Base):
    recording = {
        "about": "A form with a rating and a sentence: responses on several pages; one comes in by webhook.",
        "sign_in": ("bearer", "tfp_secret"),
        "settings": {"form": FORM, "page_size": 5},
        "address": "https://api.typeform.com",
        "seed": {"responses": 11, "gap": 3600},
    }

    def calls(self):
        response = {**self.responses[-1], "form_id": FORM}
        return [{"stream": "responses", "json": {"event_id": "01J", "event_type": "form_response", "form_response": response}}]

    def __init__(self):
        super().__init__()
        self.responses = []

    def authorise(self, request):
        if request.headers.get("Authorization") != "Bearer tfp_secret":
            raise Refused(403, {"code": "AUTHENTICATION_FAILED", "description": "Authentication credentials not found"})

    def expired(self):
        return Answer({"code": "AUTHENTICATION_FAILED"}, 401)

    def too_many(self):
        return Answer({"code": "TOO_MANY_REQUESTS"}, 429)

    def refuse(self, sentence):
        return Refused(400, {"code": "VALIDATION_ERROR", "description": sentence})

    @route("GET", f"/forms/{FORM}")
    def form(self, _):
        return {"id": FORM, "title": "How was it?"}

    @route("GET", f"/forms/{FORM}/responses")
    def list_responses(self, request):
        request.only(("page_size", "since", "until", "after", "before", "sort", "completed", "query", "fields"), self.refuse)
        size = request.number("page_size", 25, 1, 1000, self.refuse)
        if "sort" in request.query and ("after" in request.query or "before" in request.query):
            raise self.refuse("sort cannot be used together with after or before")
        rows = sorted(self.responses, key=lambda r: (r["submitted_at"], r["token"]), reverse=request.param("sort") != "submitted_at,asc")
        if "since" in request.query:
            rows = [r for r in rows if from_iso(r["submitted_at"]) >= from_iso(request.param("since"))]
        return {"total_items": len(rows), "page_count": -(-len(rows) // size), "items": rows[:size]}

    # What people answer.
    def answer_form(self, number):
        token = f"{len(self.responses):032x}"
        self.responses.append({
            "token": token, "response_id": token, "landed_at": iso(self.now - 60), "submitted_at": iso(self.now),
            "hidden": {"email": f"ana{number}@example.test"} if number % 2 else {},
            "answers": [
                {"type": "number", "number": number % 11, "field": {"id": "1", "type": "opinion_scale", "ref": "score"}},
                {"type": "text", "text": "Lovely people.", "field": {"id": "2", "type": "long_text", "ref": "why"}},
            ],
        })

    def sim_seed(self, wish):
        for number in range(wish.get("responses") or wish["count"] * (1 if wish.get("ties") else 60)):
            self.answer_form(number)
            self.pause(wish, 20)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 7200
        for number in range(wish.get("more", 30)):
            self.answer_form(number)
        return {}

    def sim_late(self, _):
        """A response that is listed half an hour after it was submitted."""
        here = self.now
        self.now -= 1800
        self.answer_form(1)
        self.now = here
        return {}

    def sim_truth(self, _):
        return {"responses": {response["token"]: "" for response in self.responses}}
