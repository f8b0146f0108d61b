"""Shopify's Admin GraphQL API, as https://shopify.dev/docs/api/admin-graphql describes it: connections, costs, search by updated_at."""

import re

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

PAGE_MOST = 250
BUCKET, RESTORE = 2000.0, 100.0
FIELDS = {  # what a query of ours may name: the simulator knows no others, as the schema would not
    "orders": "id name createdAt updatedAt processedAt cancelledAt cancelReason displayFinancialStatus displayFulfillmentStatus "
    "sourceName test email phone totalPriceSet shopMoney amount currencyCode customer numberOfOrders lineItems title quantity sku "
    "fulfillments status trackingInfo company number url deliveredAt refunds totalRefundedSet note transactions nodes pageInfo "
    "hasNextPage endCursor first",
    "customers": "id firstName lastName displayName createdAt updatedAt defaultEmailAddress emailAddress marketingState "
    "defaultPhoneNumber phoneNumber locale state nodes pageInfo hasNextPage endCursor mergeable isMergeable",
}


class Vendor(Base):
    recording = {
        "about": "A small shop: orders on several pages, some shipped, refunded or cancelled, and their customers; an order changes, one is deleted.",
        "sign_in": ("header", "shpat_secret", "--name", "X-Shopify-Access-Token"),
        "settings": {},
        "address": "https://halden.myshopify.com",
        "seed": {"count": 5, "gap": 3600},
    }

    def calls(self):
        order = sorted(self.orders)[1]
        return [
            {"stream": "orders", "headers": {"x-shopify-topic": "orders/updated"}, "json": {"id": order}},
            {"stream": "orders", "headers": {"x-shopify-topic": "orders/delete"}, "json": {"id": 99}},
        ]

    def __init__(self):
        super().__init__()
        self.orders, self.customers = {}, {}
        self.next_id = 1000
        self.bucket, self.filled_at = BUCKET, self.now

    def authorise(self, request):
        if request.headers.get("X-Shopify-Access-Token") != "shpat_secret":
            raise Refused(401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"})

    def too_many(self):
        """Shopify says so with status 200."""
        return Answer({"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}], "extensions": self.cost(502, 0)})

    def expired(self):
        return Answer({"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}, 401)

    def cost(self, asked, actual):
        return {"cost": {
            "requestedQueryCost": asked, "actualQueryCost": actual,
            "throttleStatus": {"maximumAvailable": BUCKET, "currentlyAvailable": self.bucket, "restoreRate": RESTORE},
        }}

    def wrong(self, sentence):
        return Answer({"errors": [{"message": sentence, "extensions": {"code": "undefinedField"}}]})

    @route("POST", r"/admin/api/\d{4}-\d{2}/graphql\.json")
    def graphql(self, request):
        wish = request.json()
        query, variables = wish["query"], wish.get("variables") or {}
        if "shop {" in query:
            return {"data": {"shop": {"name": "Halden", "myshopifyDomain": "halden.myshopify.com"}}, "extensions": self.cost(1, 1)}
        single = re.search(r"\b(order|customer)\(id: \$id\)", query)
        if single:
            kept = getattr(self, single[1] + "s")
            return {"data": {single[1]: kept.get(int(variables["id"].rsplit("/", 1)[-1]))}, "extensions": self.cost(10, 10)}
        root = re.search(r"\b(orders|customers)\(", query)
        if not root:
            return self.wrong("Field doesn't exist on type 'QueryRoot'")
        name = root[1]
        body = query[root.start() :]
        body = re.sub(r"\([^)]*\)", "", body)
        unknown = set(re.findall(r"[A-Za-z]+", body)) - set(FIELDS[name].split()) - {name}
        if unknown:
            return self.wrong(f"Field '{sorted(unknown)[0]}' doesn't exist on type '{name.title()}'")
        first = int(variables.get("first", 0))
        if not 1 <= first <= PAGE_MOST:
            return self.wrong("first has to be from 1 to 250")
        if "sortKey: UPDATED_AT" not in query:
            return self.wrong("this simulator knows the sort key UPDATED_AT only")
        asked = 2 + first * (7 if name == "orders" else 1)
        if asked > 1000:
            return Answer({"errors": [{"message": "Query cost exceeds the single query max cost limit (1000)", "extensions": {"code": "MAX_COST_EXCEEDED"}}]})
        return {"data": {name: self.page(getattr(self, name), first, variables)}, "extensions": self.cost(asked, asked // 2)}

    def page(self, things, first, variables):
        rows = sorted((thing["updatedAt"], ident) for ident, thing in things.items())
        wanted = variables.get("query") or ""
        bound = re.fullmatch(r"(?:updated_at:>='([^']+)')?", wanted)
        if bound is None:
            raise Refused(200, {"errors": [{"message": "invalid search", "extensions": {"code": "BAD"}}]})
        if bound[1]:
            rows = [row for row in rows if from_iso(row[0]) >= from_iso(bound[1])]
        if variables.get("after"):
            time, ident = variables["after"].split("|")
            rows = [row for row in rows if row > (time, int(ident))]
        page = rows[: min(first, self.page_most)]
        return {
            "nodes": [things[ident] for _, ident in page],
            "pageInfo": {"hasNextPage": len(page) < len(rows), "endCursor": "|".join(map(str, page[-1])) if page else None},
        }

    # What people do in the shop.
    def ident(self):
        self.next_id += 1
        return self.next_id

    def money(self, amount):
        return {"shopMoney": {"amount": f"{amount:.2f}", "currencyCode": "EUR"}}

    def add_customer(self):
        ident = self.ident()
        self.customers[ident] = {
            "id": f"gid://shopify/Customer/{ident}", "displayName": f"Ana {ident}", "firstName": "Ana", "lastName": str(ident),
            "defaultEmailAddress": {"emailAddress": f"ana{ident}@example.test", "marketingState": "SUBSCRIBED"},
            "defaultPhoneNumber": None, "locale": "pt", "state": "ENABLED", "createdAt": iso(self.now), "updatedAt": iso(self.now),
        }
        return ident

    def add_order(self, customer):
        ident = self.ident()
        email = self.customers[customer]["defaultEmailAddress"]["emailAddress"] if customer else "guest@example.test"
        self.orders[ident] = {
            "id": f"gid://shopify/Order/{ident}", "name": f"#{ident}", "createdAt": iso(self.now), "updatedAt": iso(self.now),
            "processedAt": iso(self.now), "cancelledAt": None, "displayFinancialStatus": "PAID", "displayFulfillmentStatus": "UNFULFILLED",
            "sourceName": "web", "test": False, "email": email, "phone": None, "totalPriceSet": self.money(49.9),
            "customer": {"id": f"gid://shopify/Customer/{customer}"} if customer else None,
            "lineItems": {"nodes": [{"title": "Helmet", "quantity": 2, "sku": "AC-031"}]}, "fulfillments": [], "refunds": [],
        }
        return ident

    def ship(self, order):
        self.orders[order]["fulfillments"].append({
            "id": f"gid://shopify/Fulfillment/{self.ident()}", "createdAt": iso(self.now), "deliveredAt": None, "status": "SUCCESS",
            "trackingInfo": [{"company": "Parcel North", "number": "PN1", "url": None}],
        })
        self.orders[order].update(displayFulfillmentStatus="FULFILLED", updatedAt=iso(self.now))

    def refund(self, order):
        self.orders[order]["refunds"].append({
            "id": f"gid://shopify/Refund/{self.ident()}", "createdAt": iso(self.now), "note": "damaged", "totalRefundedSet": self.money(24.95),
        })
        self.orders[order].update(displayFinancialStatus="PARTIALLY_REFUNDED", updatedAt=iso(self.now))

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            customer = self.add_customer()
            order = self.add_order(customer if number % 4 else None)
            if number % 2 == 0:
                self.ship(order)
            if number % 6 == 0:
                self.refund(order)
            self.pause(wish, 40)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 600
        orders = sorted(self.orders)
        self.refund(orders[1])
        self.orders[orders[2]].update(cancelledAt=iso(self.now), cancelReason="CUSTOMER", updatedAt=iso(self.now))
        for _ in range(wish.get("more", 60)):
            self.add_order(self.add_customer())
        self.now += 60
        return {}

    def sim_late(self, _):
        """Search lags: an order shows up after later ones."""
        order = self.add_order(self.add_customer())
        self.orders[order]["updatedAt"] = iso(self.now - 80)
        return {}

    def sim_take_away(self, _):
        order = sorted(self.orders)[4]
        del self.orders[order]
        return {"calls": [{"headers": {"x-shopify-topic": "orders/delete"}, "json": {"id": order}}]}

    def sim_truth(self, _):
        return {name: {thing["id"]: thing["updatedAt"] for thing in getattr(self, name).values()} for name in ("orders", "customers")}
