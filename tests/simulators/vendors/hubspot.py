"""HubSpot's CRM, as https://developers.hubspot.com/docs/api-reference/ describes it: search with its caps, associations, archives, merges."""

from simulator import Answer, Refused, Vendor as Base, iso, route

CAP = 10_000
INDEX_LAG = 15  # seconds until search finds a change
MODIFIED = {"contacts": "lastmodifieddate"}  # of all others: hs_lastmodifieddate
KINDS = ("contacts", "companies", "deals", "calls", "emails", "meetings", "notes", "tickets")


class Vendor(Base):
    page_most = 25  # 200 at HubSpot
    recording = {
        "about": "A small account: two pages of contacts, one archived and one merged away; companies, a deal, calls; two webhooks.",
        "sign_in": ("bearer", "pat-eu1-secret"),
        "settings": {"portal": "4711"},
        "address": "https://api.hubapi.com",
        "seed": {"count": 5, "gap": 3600},
    }

    def calls(self):
        contacts = sorted(self.objects["contacts"])
        events = [
            {"subscriptionType": "contact.propertyChange", "objectId": contacts[0]},
            {"subscriptionType": "contact.deletion", "objectId": contacts[1]},
        ]
        return [{"stream": "contacts", "json": events}]

    def __init__(self):
        super().__init__()
        self.objects = {kind: {} for kind in KINDS}
        self.links = {}  # (kind, id, other kind): ids
        self.next_id = 100
        self.merged = set()  # contacts that went into another one

    def authorise(self, request):
        if not self.signed_in(request) and request.headers.get("Authorization") != "Bearer pat-eu1-secret":
            raise Refused(401, {"status": "error", "category": "INVALID_AUTHENTICATION", "message": "Authentication credentials not found."})

    def too_many(self):
        return Answer(
            {"status": "error", "errorType": "RATE_LIMIT", "policyName": "SECONDLY"}, 429,
            {"X-HubSpot-RateLimit-Max": "100", "X-HubSpot-RateLimit-Remaining": "0", "X-HubSpot-RateLimit-Interval-Milliseconds": "10000"},
        )

    def refuse(self, sentence):
        return Refused(400, {"status": "error", "category": "VALIDATION_ERROR", "message": sentence})

    def modified(self, kind, thing):
        return thing["properties"][MODIFIED.get(kind, "hs_lastmodifieddate")]

    def shown(self, thing, properties):
        kept = {name: value for name, value in thing["properties"].items() if name in properties or name in ("createdate", "hs_object_id")}
        return {**thing, "properties": kept}

    @route("GET", "/crm/v3/objects/([a-z]+)")
    def list_objects(self, request):
        kind = request.args[0]
        request.only(("limit", "after", "properties", "archived", "associations"), self.refuse)
        limit = request.number("limit", 10, 1, 100, self.refuse)
        archived = request.param("archived", "false") == "true"
        after = int(request.param("after") or 0)
        ids = [i for i in sorted(self.objects[kind]) if self.objects[kind][i]["archived"] == archived and i > after]
        page = ids[: min(limit, self.page_most)]
        names = (request.param("properties") or "").split(",")
        answer = {"results": [self.shown(self.objects[kind][i], names) for i in page]}
        if len(page) < len(ids):
            answer["paging"] = {"next": {"after": str(page[-1]), "link": ""}}
        return answer

    @route("GET", "/crm/v3/objects/([a-z]+)/([0-9]+)")
    def get_object(self, request):
        thing = self.objects[request.args[0]].get(int(request.args[1]))
        if thing is None or thing["archived"]:
            return self.not_found()
        return self.shown(thing, (request.param("properties") or "").split(","))

    @route("POST", "/crm/v3/objects/([a-z]+)/search")
    def search(self, request):
        kind, wish = request.args[0], request.json()
        unknown = set(wish) - {"filterGroups", "sorts", "properties", "limit", "after", "query"}
        if unknown:
            raise self.refuse(f"Invalid input JSON: unknown field {sorted(unknown)[0]}")
        limit = wish.get("limit", 10)
        if not 1 <= limit <= 200:
            raise self.refuse("limit must be at most 200")
        start = int(wish.get("after") or 0)
        if start + limit > CAP:
            raise self.refuse("The search offset may not go beyond 10000")
        if len(wish.get("filterGroups", [])) > 5 or len(wish.get("sorts", [])) > 1:
            raise self.refuse("too many filter groups or sorts")
        rows = [t for t in self.objects[kind].values() if not t["archived"] and self.indexed(kind, t)]
        for group in wish.get("filterGroups", []):
            for condition in group["filters"]:
                rows = [row for row in rows if self.holds(row, condition)]
        for order in wish.get("sorts", []):
            rows.sort(key=lambda row: self.value(row, order["propertyName"]), reverse=order["direction"] == "DESCENDING")
        page = rows[start : start + min(limit, self.page_most)]
        answer = {"total": len(rows), "results": [self.shown(row, wish.get("properties", [])) for row in page]}
        if start + len(page) < len(rows):
            answer["paging"] = {"next": {"after": str(start + len(page))}}
        return answer

    def indexed(self, kind, thing):
        return thing["seen_at"] <= self.now

    def value(self, thing, name):
        value = thing["properties"].get(name) or ""
        if name == "hs_object_id":
            return int(value)
        return value

    def holds(self, thing, condition):
        name, wanted = condition["propertyName"], condition["value"]
        if name.endswith("modifieddate"):
            if not str(wanted).isdigit():
                raise self.refuse("dates are milliseconds")
            wanted = iso(int(wanted) // 1000, f".{int(wanted) % 1000:03}Z")
        value = self.value(thing, name)
        wanted = type(value)(wanted)
        operator = condition["operator"]
        if operator not in ("GTE", "GT", "EQ", "LT", "LTE"):
            raise self.refuse("unknown operator")
        return {"GTE": value >= wanted, "GT": value > wanted, "EQ": value == wanted, "LT": value < wanted, "LTE": value <= wanted}[operator]

    @route("POST", "/crm/v4/associations/([a-z]+)/([a-z]+)/batch/read")
    def associations(self, request):
        kind, other = request.args
        inputs = request.json()["inputs"]
        if not 1 <= len(inputs) <= 1000:
            raise self.refuse("inputs: from 1 to 1000")
        results = []
        for item in inputs:
            found = self.links.get((kind, int(item["id"]), other), [])
            if found:
                to = [{"toObjectId": i, "associationTypes": [{"category": "HUBSPOT_DEFINED", "typeId": 1, "label": None}]} for i in found]
                results.append({"from": {"id": item["id"]}, "to": to})
        return Answer({"status": "COMPLETE", "results": results}, 207 if len(results) < len(inputs) else 200)

    @route("GET", "/account-info/v3/details")
    def account(self, _):
        return {"portalId": 4711, "accountType": "STANDARD"}

    # What people do with it.
    def put(self, kind, ident=None, to=(), **properties):
        if ident is None:
            self.next_id += 1
            ident = self.next_id
            self.objects[kind][ident] = {
                "id": str(ident), "createdAt": iso(self.now), "archived": False,
                "properties": {"hs_object_id": str(ident), "createdate": iso(self.now)},
            }
        thing = self.objects[kind][ident]
        stamp = iso(self.now, f".{self.now % 1000:03}Z")
        thing["properties"].update(properties)
        thing["properties"][MODIFIED.get(kind, "hs_lastmodifieddate")] = stamp
        thing["updatedAt"] = stamp
        thing["seen_at"] = self.now + INDEX_LAG
        for other, target in to:
            self.links.setdefault((kind, ident, other), []).append(target)
        return ident

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            contact = self.put("contacts", firstname="Ana", lastname=f"No {number}", email=f"ana{number}@example.test", phone=None)
            company = self.put("companies", name=f"Company {number}", domain=f"company{number}.test")
            if number % 2 == 0:
                self.put("deals", dealname=f"Deal {number}", dealstage="closedwon", amount="100.50", deal_currency_code="EUR", to=[("contacts", contact), ("companies", company)])
            self.put("calls", hs_timestamp=iso(self.now), hs_call_title="Hello", hs_call_direction="INBOUND", hs_call_status="COMPLETED", to=[("contacts", contact)])
            if number % 3 == 0:
                self.put("emails", hs_timestamp=iso(self.now), hs_email_subject="Offer", hs_email_direction="EMAIL", hs_email_text="See below", to=[("contacts", contact)])
                self.put("notes", hs_timestamp=iso(self.now), hs_note_body="<p>Nice</p>", to=[("contacts", contact)])
            self.pause(wish, 40)
        self.now += 60
        return {}

    def sim_step(self, wish):
        """New, changed, archived and merged ones; time goes on."""
        self.now += 90_000
        ids = sorted(self.objects["contacts"])
        self.put("contacts", ids[0], email="new@example.test")
        self.objects["contacts"][ids[1]].update(archived=True, archivedAt=iso(self.now))
        # A merge archives nothing: the other record is gone, and the survivor says which one it was.
        del self.objects["contacts"][ids[3]]
        self.put("contacts", ids[2], hs_merged_object_ids=str(ids[3]))
        for number in range(wish.get("more", 53)):
            self.put("contacts", firstname="Bo", lastname=str(number), email=f"bo{number}@example.test")
        self.merged = {str(ids[3])}
        self.now += 60
        return {}

    def sim_late(self, _):
        """A change that search finds after later ones."""
        here = self.now
        self.now = max(int(thing["seen_at"]) for thing in self.objects["contacts"].values()) - INDEX_LAG - 10
        self.put("contacts", sorted(self.objects["contacts"])[5], phone="+32470123456")
        self.now = here
        return {}

    def sim_take_away(self, _):
        self.objects["contacts"][sorted(self.objects["contacts"])[4]].update(archived=True, archivedAt=iso(self.now))
        return {}

    def sim_truth(self, wish):
        truth = {
            kind: {thing["id"]: thing["updatedAt"] for thing in things.values()}
            for kind, things in self.objects.items()
        }
        truth["contacts"].update({ident: "" for ident in self.merged})
        return {kind: things for kind, things in truth.items() if things}
