"""Pipedrive, as https://developers.pipedrive.com/docs/api/v1 describes version 2: cursors, updated_since, lists of the deleted."""

import base64

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

KINDS = ("persons", "organizations", "deals", "activities")


class Vendor(Base):
    page_most = 50  # 500 at Pipedrive
    recording = {
        "about": "A small sales team: persons on several pages, deals of which one is won and one deleted; two webhooks.",
        "sign_in": ("header", "pd-secret", "--name", "x-api-token"),
        "settings": {},
        "address": "https://api.pipedrive.com",
        "seed": {"count": 4, "gap": 3600},
    }

    def calls(self):
        deal = sorted(self.things["deals"])[0]
        return [
            {"stream": "deals", "json": {"meta": {"version": "2.0", "action": action, "entity": "deal", "entity_id": ident}}}
            for action, ident in (("change", deal), ("delete", 999_999))
        ]

    def __init__(self):
        super().__init__()
        self.things = {kind: {} for kind in KINDS}
        self.next_id = 10

    def authorise(self, request):
        if request.headers.get("x-api-token") != "pd-secret":
            raise Refused(401, {"success": False, "error": "unauthorized access", "errorCode": 401})

    def too_many(self):
        return Answer({"success": False, "error": "request over limit"}, 429, {"x-ratelimit-limit": "20", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2"})

    def refuse(self, sentence):
        return Refused(400, {"success": False, "error": sentence, "code": "ERR_SCHEMA_VALIDATION_FAILED"})

    @route("GET", "/api/v2/(persons|organizations|deals|activities)")
    def list_things(self, request):
        kind = request.args[0]
        allowed = ["limit", "cursor", "sort_by", "sort_direction", "updated_since", "updated_until"]
        request.only(allowed + (["status"] if kind == "deals" else []), self.refuse)
        limit = request.number("limit", 100, 1, 500, self.refuse)
        if request.param("sort_by", "id") not in ("id", "update_time", "add_time"):
            raise self.refuse("sort_by has to be one of id, update_time, add_time")
        by_time = request.param("sort_by") == "update_time"
        wants_deleted = request.param("status") == "deleted"
        rows = [thing for thing in self.things[kind].values() if (thing.get("status") == "deleted") == wants_deleted and not thing["is_gone"]]
        if "updated_since" in request.query:
            since = request.param("updated_since")
            if not since.endswith("Z"):
                raise self.refuse("updated_since has to be RFC3339")
            rows = [row for row in rows if from_iso(row["update_time"]) >= from_iso(since)]
        keys = sorted((row["update_time"] if by_time else "", row["id"]) for row in rows)
        if "cursor" in request.query:
            time, ident = base64.b64decode(request.param("cursor")).decode().split("|")
            keys = [key for key in keys if key > (time, int(ident))]
        page = keys[: min(limit, self.page_most)]
        more = len(page) < len(keys)
        cursor = base64.b64encode("|".join(map(str, page[-1])).encode()).decode() if more else None
        shown = [{k: v for k, v in self.things[kind][ident].items() if k != "is_gone"} for _, ident in page]
        return {"success": True, "data": shown, "additional_data": {"next_cursor": cursor}}

    @route("GET", "/api/v2/(persons|organizations|deals|activities)/([0-9]+)")
    def get_thing(self, request):
        thing = self.things[request.args[0]].get(int(request.args[1]))
        if thing is None or thing["is_gone"]:
            raise Refused(404, {"success": False, "error": "not found"})
        return {"success": True, "data": {k: v for k, v in thing.items() if k != "is_gone"}}

    # What sales does.
    def put(self, kind, ident=None, **fields):
        if ident is None:
            self.next_id += 1
            ident = self.next_id
            self.things[kind][ident] = {"id": ident, "add_time": iso(self.now), "is_deleted": False, "is_gone": False, "owner_id": 3}
        self.things[kind][ident].update(fields, update_time=iso(self.now))
        return ident

    def add_person(self, name):
        return self.put("persons", name=name, emails=[{"value": f"{name.lower()}@example.test", "primary": True, "label": "work"}], phones=[])

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            person = self.add_person(f"Ana{number}")
            self.put("organizations", name=f"Company {number}")
            deal = self.put("deals", title=f"Deal {number}", person_id=person, value=100, currency="EUR", status="open")
            self.put("activities", type="call", subject="Hello", done=number % 2 == 0, person_id=person, deal_id=deal, note="", marked_as_done_time=iso(self.now))
            self.pause(wish, 40)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 30
        deals = sorted(self.things["deals"])
        self.put("deals", deals[0], status="won", won_time=iso(self.now))
        self.put("deals", deals[1], status="deleted")
        for number in range(wish.get("more", 57)):
            self.add_person(f"Bo{number}")
        self.now += 60
        return {}

    def sim_late(self, _):
        """A change that becomes visible after later ones."""
        here, latest = self.now, max(from_iso(t["update_time"]) for t in self.things["deals"].values())
        self.now = latest - 20
        self.put("deals", sorted(self.things["deals"])[3], title="Late")
        self.now = here
        return {}

    def sim_remove(self, wish):
        self.things[wish["kind"]][wish["id"]]["is_gone"] = True
        return {}

    def sim_take_away(self, _):
        self.put("deals", sorted(self.things["deals"])[4], status="deleted")
        person = sorted(self.things["persons"])[4]
        self.things["persons"][person]["is_gone"] = True
        return {"calls": [{"json": {"meta": {"version": "2.0", "action": "delete", "entity": "person", "entity_id": str(person)}, "data": None}}]}

    def sim_truth(self, _):
        return {kind: {str(i): t["update_time"] for i, t in things.items()} for kind, things in self.things.items()}
