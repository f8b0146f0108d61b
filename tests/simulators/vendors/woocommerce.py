"""WooCommerce, as its REST reference describes it and as a running shop was seen to answer: offsets, whole seconds, no filter for customers."""

import base64

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route


class Vendor(Base):
    recording = {
        "about": "A small shop: orders on two pages, one refunded, one cancelled, one in the bin, and the shop's customers; an order changes, one is gone.",
        "sign_in": ("basic", "cs_secret", "--user", "ck_test"),
        "settings": {"page_size": 20},
        "address": "https://shop.example",
        "seed": {"count": 5, "gap": 3600},
    }

    def calls(self):
        return [
            {"stream": "orders", "headers": {"x-wc-webhook-resource": "order"}, "json": {"id": ident}}
            for ident in (sorted(self.orders)[0], 999_999)
        ]

    def __init__(self):
        super().__init__()
        self.orders, self.customers = {}, {}
        self.next_id = 100

    def authorise(self, request):
        if request.headers.get("Authorization") != "Basic " + base64.b64encode(b"ck_test:cs_secret").decode():
            raise Refused(401, {"code": "woocommerce_rest_cannot_view", "message": "Sorry, you cannot list resources.", "data": {"status": 401}})

    def too_many(self):
        return Answer("Too many requests", 429, {"Retry-After": "2"}, "text/plain")

    def refuse(self, sentence):
        return Refused(400, {"code": "rest_invalid_param", "message": sentence, "data": {"status": 400}})

    def page(self, request, rows):
        size = request.number("per_page", 10, 1, 100, self.refuse)
        number = request.number("page", 1, 1, 10**6, self.refuse)
        start = request.number("offset", (number - 1) * size, 0, 10**9, self.refuse)
        return Answer(rows[start : start + size], headers={"X-WP-Total": str(len(rows)), "X-WP-TotalPages": str(-(-len(rows) // size))})

    @route("GET", "/wp-json/wc/v3/orders")
    def list_orders(self, request):
        request.only(("per_page", "page", "offset", "orderby", "order", "status", "modified_after", "modified_before", "dates_are_gmt"), self.refuse)
        if request.param("orderby", "date") not in ("date", "modified", "id", "include", "title", "slug"):
            raise self.refuse("Invalid parameter(s): orderby")
        statuses = request.param("status", "any").split(",")
        rows = [order for order in self.orders.values() if (order["status"] == "trash") <= ("trash" in statuses)]
        if "modified_after" in request.query:
            if request.param("dates_are_gmt") != "true":
                raise AssertionError("a time without dates_are_gmt is the shop's own")
            rows = [order for order in rows if from_iso(order["date_modified_gmt"] + "Z") > from_iso(request.param("modified_after") + "Z")]
        rows.sort(key=lambda order: order["date_modified_gmt"] if request.param("orderby") == "modified" else order["date_created_gmt"])
        return self.page(request, rows if request.param("order") == "asc" else rows[::-1])

    @route("GET", "/wp-json/wc/v3/customers")
    def list_customers(self, request):
        request.only(("per_page", "page", "offset", "orderby", "order", "role", "email"), self.refuse)
        if request.param("orderby", "name") not in ("id", "include", "name", "registered_date"):
            raise self.refuse("Invalid parameter(s): orderby")
        return self.page(request, [self.customers[i] for i in sorted(self.customers)])

    @route("GET", "/wp-json/wc/v3/(orders|customers)/([0-9]+)")
    def get_one(self, request):
        found = getattr(self, request.args[0]).get(int(request.args[1]))
        if found is None:
            raise Refused(404, {"code": "woocommerce_rest_invalid_id", "message": "Invalid ID."})
        return found

    # What happens in the shop.
    def ident(self):
        self.next_id += 1
        return self.next_id

    def stamp(self):
        return iso(self.now, "")

    def add_customer(self):
        ident = self.ident()
        self.customers[ident] = {
            "id": ident, "email": f"ana{ident}@example.test", "first_name": "Ana", "last_name": str(ident), "billing": {"phone": ""},
            "date_created_gmt": self.stamp(), "date_modified_gmt": self.stamp(),
        }
        return ident

    def add_order(self, customer):
        ident = self.ident()
        self.orders[ident] = {
            "id": ident, "number": str(ident), "status": "processing", "currency": "EUR", "total": "29.35", "customer_id": customer,
            "date_created_gmt": self.stamp(), "date_modified_gmt": self.stamp(), "date_paid_gmt": self.stamp(),
            "billing": {"email": f"ana{customer}@example.test", "phone": ""}, "line_items": [{"name": "Bell", "quantity": 2}], "refunds": [],
        }
        return ident

    def change(self, order, **fields):
        self.orders[order].update(fields, date_modified_gmt=self.stamp())

    def sim_seed(self, wish):
        for number in range(wish["count"] * 4):
            self.add_order(self.add_customer() if number % 4 else 0)
            self.pause(wish, 10)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 90_000
        orders = sorted(self.orders)
        self.change(orders[0], refunds=[{"id": self.ident(), "reason": "damaged", "total": "-10.00"}])
        self.change(orders[1], status="trash")
        self.change(orders[2], status="cancelled")
        customer = sorted(self.customers)[0]
        self.customers[customer].update(email="new@example.test", date_modified_gmt=self.stamp())
        for _ in range(wish.get("more", 120)):
            self.add_order(self.add_customer())
        return {}

    def sim_late(self, _):
        """A slow checkout: its order was dated before others that are there already."""
        here = self.now
        self.now = max(from_iso(order["date_modified_gmt"] + "Z") for order in self.orders.values()) - 20
        self.add_order(0)
        self.now = here
        return {}

    def sim_take_away(self, _):
        orders = sorted(self.orders)
        self.change(orders[4], status="trash")
        del self.orders[orders[5]]
        return {"calls": [{"headers": {"x-wc-webhook-resource": "order"}, "json": {"id": orders[5]}}]}

    def sim_truth(self, _):
        return {
            "orders": {str(i): order["date_modified_gmt"] for i, order in self.orders.items()},
            "customers": {str(i): customer["date_modified_gmt"] for i, customer in self.customers.items()},
        }
