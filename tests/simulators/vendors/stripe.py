"""Stripe, as https://docs.stripe.com/api describes it: lists newest first, created filters, events for thirty days."""

import base64
import re

from simulator import Answer, Refused, Vendor as Base, route

DAY = 86400
LISTS = {"customers": "customer", "charges": "charge", "refunds": "refund", "disputes": "dispute", "invoices": "invoice"}
PREFIX = {"customer": "cus", "charge": "ch", "refund": "re", "dispute": "dp", "invoice": "in", "event": "evt"}


class Vendor(Base):
    recording = {
        "about": "A small account: charges on several pages, one refunded, one disputed; a customer who changed twice and one who was deleted; two webhooks.",
        "sign_in": ("bearer", "sk_test_secret"),
        "settings": {},
        "address": "https://api.stripe.com",
        "seed": {"count": 4, "gap": 3600},
        "any": ["created[gte]", "created[lt]"],
    }

    def calls(self):
        customers = sorted(self.objects["customer"])
        return [
            {"stream": "customers", "json": {"id": f"evt_call{n}", "type": f"customer.{what}", "data": {"object": {"id": ident, "object": "customer"}}}}
            for n, (what, ident) in enumerate((("updated", customers[0]), ("deleted", customers[1])))
        ]

    def __init__(self):
        super().__init__()
        self.objects = {kind: {} for kind in LISTS.values()}
        self.events = []
        self.counter = 0

    def authorise(self, request):
        basic = "Basic " + base64.b64encode(b"sk_test_secret:").decode()
        if request.headers.get("Authorization") not in ("Bearer sk_test_secret", basic):
            raise Refused(401, {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}})

    def too_many(self):
        return Answer({"error": {"type": "invalid_request_error", "code": "rate_limit"}}, 429, {"Stripe-Should-Retry": "true"})

    def refuse(self, sentence):
        return Refused(400, {"error": {"type": "invalid_request_error", "message": sentence}})

    def page(self, request, rows, extra=(), expandable=()):
        """`rows` are oldest first; answers are newest first."""
        allowed = ["limit", "starting_after", "ending_before", "expand[]"]
        allowed += ["created[gte]", "created[lt]", "created[gt]", "created[lte]", *extra]
        request.only(allowed, lambda sentence: self.refuse("Received " + sentence))
        limit = request.number("limit", 10, 1, 100, self.refuse)
        if "starting_after" in request.query and "ending_before" in request.query:
            raise self.refuse("You cannot parameterize both starting_after and ending_before.")
        for sign, keep in (("gte", int.__ge__), ("lt", int.__lt__), ("gt", int.__gt__), ("lte", int.__le__)):
            bound = request.number(f"created[{sign}]", None, 0, 10**11, self.refuse)
            if bound is not None:
                rows = [row for row in rows if keep(row["created"], bound)]
        rows = rows[::-1]
        if "starting_after" in request.query:
            ids = [row["id"] for row in rows]
            if request.param("starting_after") not in ids:
                raise self.refuse(f"No such object: '{request.param('starting_after')}'")
            rows = rows[ids.index(request.param("starting_after")) + 1 :]
        page = rows[: min(limit, self.page_most)]
        for field in request.query.get("expand[]", []):
            if field not in expandable:
                raise self.refuse(f"This property cannot be expanded ({field}).")
            page = [self.expanded(row, field.removeprefix("data.")) for row in page]
        return {"object": "list", "data": page, "has_more": len(page) < len(rows), "url": request.path}

    def expanded(self, row, field):
        return {**row, field: self.objects["charge"].get(row.get(field), row.get(field))}

    @route("GET", "/v1/(customers|charges|refunds|disputes|invoices)")
    def list_objects(self, request):
        kind = LISTS[request.args[0]]
        rows = sorted((o for o in self.objects[kind].values() if not o.get("deleted")), key=lambda o: (o["created"], o["n"]))
        return self.page(request, rows, expandable=("data.charge",) if kind in ("refund", "dispute") else ())

    @route("GET", "/v1/(customers|charges|refunds|disputes|invoices)/([a-z]+_[0-9]+)")
    def get_object(self, request):
        kind = LISTS[request.args[0]]
        found = self.objects[kind].get(request.args[1])
        if found is None:
            raise Refused(404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}})
        if found.get("deleted"):
            return {"id": found["id"], "object": kind, "deleted": True}
        for field in request.query.get("expand[]", []):
            if field != "charge" or kind not in ("refund", "dispute"):
                raise self.refuse(f"This property cannot be expanded ({field}).")
            found = self.expanded(found, field)
        return found

    @route("GET", "/v1/events")
    def list_events(self, request):
        types = request.query.get("types[]", [])
        if len(types) > 20:
            raise self.refuse("You may pass at most 20 types")
        rows = [event for event in self.events if event["created"] > self.now - 30 * DAY]
        if types:
            rows = [event for event in rows if event["type"] in types]
        return self.page(request, sorted(rows, key=lambda e: (e["created"], e["n"])), ("types[]", "type"))

    # What happens in the account.
    def put(self, kind, event, **fields):
        self.counter += 1
        ident = fields.pop("id", None) or f"{PREFIX[kind]}_{self.counter:06}"
        known = self.objects[kind].get(ident)
        base = known or {"id": ident, "object": kind, "created": self.now, "n": self.counter}
        thing = {**base, **fields, "metadata": {"revision": str(self.counter)}}
        self.objects[kind][ident] = thing
        self.note(event, {key: value for key, value in thing.items() if key != "deleted"})
        return ident

    def note(self, kind, thing, at=None):
        self.counter += 1
        event = {
            "id": f"evt_{self.counter:06}", "object": "event", "n": self.counter, "type": kind,
            "created": at or self.now, "data": {"object": thing},
        }
        self.events.append(event)

    def add_customer(self):
        return self.put("customer", "customer.created", name="Ana", email=f"ana{self.counter}@example.test", phone=None)

    def add_charge(self, customer, status="succeeded"):
        return self.put(
            "charge", "charge." + status, customer=customer, amount=1999, currency="eur", status=status,
            paid=status == "succeeded", amount_refunded=0, description="Order 7", failure_message=None,
            billing_details={"email": f"{customer}@example.test", "name": "Ana"}, receipt_email=None,
        )

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            customer = self.add_customer()
            charge = self.add_charge(customer, "failed" if number % 7 == 3 else "succeeded")
            if number % 4 == 0:
                self.put("refund", "refund.created", charge=charge, amount=500, currency="eur", status="succeeded")
            if number % 10 == 0:
                self.put("dispute", "charge.dispute.created", charge=charge, amount=1999, currency="eur", status="needs_response", reason="fraudulent")
            self.put(
                "invoice", "invoice.finalized", customer=customer, customer_email=f"{customer}@example.test", number=f"A-{number}",
                total=1999, currency="eur", status="open", status_transitions={"finalized_at": self.now, "paid_at": None},
            )
            self.pause(wish, 40)
        self.now += 200
        return {}

    def sim_step(self, wish):
        self.now += 10
        customers = sorted(self.objects["customer"])
        self.put("customer", "customer.updated", id=customers[0], email="new@example.test")
        self.put("customer", "customer.updated", id=customers[0], email="newer@example.test")
        gone = self.objects["customer"][customers[1]]
        self.note("customer.deleted", dict(gone))
        gone["deleted"] = True
        for _ in range(wish.get("more", 110)):
            self.add_charge(customers[2])
        charge = sorted(self.objects["charge"])[-1]
        self.put("charge", "charge.refunded", id=charge, amount_refunded=1999)
        self.put("refund", "refund.created", charge=charge, amount=1999, currency="eur", status="succeeded")
        self.now += 5
        return {}

    def sim_late(self, _):
        """An event that becomes visible after later ones."""
        charge = sorted(self.objects["charge"])[3]
        self.counter += 1
        self.objects["charge"][charge]["metadata"] = {"revision": str(self.counter)}
        self.note("charge.updated", dict(self.objects["charge"][charge]), at=self.now - 30)
        return {}

    def sim_take_away(self, _):
        gone = self.objects["customer"][sorted(self.objects["customer"])[4]]
        self.note("customer.deleted", dict(gone))
        gone["deleted"] = True
        return {}

    def sim_truth(self, _):
        return {
            name: {
                ident: "" if thing.get("deleted") else thing["metadata"]["revision"]
                for ident, thing in self.objects[kind].items()
            }
            for name, kind in LISTS.items()
        }
