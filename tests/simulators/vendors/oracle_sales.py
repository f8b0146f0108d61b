"""Oracle Fusion Sales' REST API, as https://docs.oracle.com/en/cloud/saas/sales/faaps/ describes it: conditions, order, offsets."""

import base64
import re

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

RESOURCES = {
    "accounts": ("accounts", "PartyId", "OrganizationName URL FormattedPhoneNumber EmailAddress"),
    "contacts": ("contacts", "PartyId", "ContactName EmailAddress FormattedMobileNumber FormattedWorkPhoneNumber AccountPartyId"),
    "opportunities": ("opportunities", "OptyId", "OptyNumber Name StatusCode SalesStage Revenue CurrencyCode EffectiveDate TargetPartyId KeyContactId OwnerResourcePartyId"),
    "activities": ("activities", "ActivityId", "ActivityFunctionCode ActivityTypeCode Subject ActivityDescription ActivityStartDate ActivityEndDate StatusCode DirectionCode PrimaryContactId AccountId OpportunityId OwnerId"),
    "serviceRequests": ("service_requests", "SrId", "SrNumber Title ProblemDescription StatusTypeCd ChannelTypeCd PrimaryContactPartyId AccountPartyId AssigneeResourceId ClosedDate"),
}


def stamp(seconds):
    return iso(seconds, ".000+00:00")


class Vendor(Base):
    page_most = 40  # 500 at Oracle
    recording = {
        "about": "A small sales team: accounts, contacts on two pages, a deal won, activities, service requests, one resolved.",
        "sign_in": ("basic", "or-secret", "--user", "TOUCHLINE"),
        "settings": {},
        "address": "https://halden.fa.em2.oraclecloud.com",
        "seed": {"count": 4, "gap": 3600},
    }

    def __init__(self):
        super().__init__()
        self.rows = {name: {} for name in RESOURCES}
        self.next_id = 300_000_000_000_000

    def authorise(self, request):
        good = "Basic " + base64.b64encode(b"TOUCHLINE:or-secret").decode()
        if request.headers.get("Authorization") != good and not self.signed_in(request):
            raise Refused(401, "", {"WWW-Authenticate": "Basic"})

    def expired(self):
        return Answer("", 401, {"WWW-Authenticate": "Basic"})

    def too_many(self):
        return Answer("Too Many Requests", 429, {"Retry-After": "4"}, content_type="text/plain")

    def refuse(self, sentence):
        return Refused(400, sentence, {"Content-Type": "text/plain"})

    @route("GET", r"/crmRestApi/resources/11\.13\.18\.05/([A-Za-z]+)")
    def list_rows(self, request):
        name = request.args[0]
        if name not in RESOURCES:
            return self.not_found()
        _, key, fields = RESOURCES[name]
        known = [key, *fields.split(), "CreationDate", "LastUpdateDate"]
        request.only(("q", "limit", "offset", "orderBy", "fields", "onlyData", "totalResults", "finder", "expand"), self.refuse)
        rows = list(self.rows[name].values())
        if "q" in request.query:
            match = re.fullmatch(r"LastUpdateDate >= '([^']+)'", request.param("q"))
            if not match:
                raise self.refuse("URL request parameter q cannot be parsed")
            since = from_iso(match[1])
            rows = [row for row in rows if from_iso(row["LastUpdateDate"]) >= since]
        order = [part.split(":") for part in (request.param("orderBy") or "").split(",") if part]
        for column, *direction in order:
            if column not in known or direction not in ([], ["asc"], ["desc"]):
                raise self.refuse(f"URL request parameter orderBy: {column} is not known")
        rows.sort(key=lambda row: [row[column] for column, *_ in order])
        wanted = request.param("fields")
        wanted = wanted.split(",") if wanted else known
        for field in wanted:
            if field not in known:
                raise self.refuse(f"URL request parameter fields: {field} is not known")
        limit = min(request.number("limit", 25, 1, 500, self.refuse), self.page_most)
        offset = request.number("offset", 0, 0, 10**9, self.refuse)
        page = rows[offset : offset + limit]
        return {
            "items": [{field: row[field] for field in wanted} for row in page],
            "count": len(page), "hasMore": offset + len(page) < len(rows), "limit": limit, "offset": offset, "links": [],
        }

    # What sales does.
    def put(self, table, ident=None, **fields):
        _, key, columns = RESOURCES[table]
        if ident is None:
            self.next_id += 1
            ident = self.next_id
            self.rows[table][ident] = {key: ident, **{column: None for column in columns.split()}, "CreationDate": stamp(self.now)}
        self.rows[table][ident].update(fields, LastUpdateDate=stamp(self.now))
        return ident

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            account = self.put("accounts", OrganizationName=f"Globex {number}", URL="globex.test")
            contact = self.put("contacts", ContactName=f"Ana {number}", EmailAddress=f"ana{number}@example.test", AccountPartyId=account)
            if number % 2 == 0:
                deal = self.put("opportunities", Name=f"Deal {number}", StatusCode="OPEN", Revenue=100.5, CurrencyCode="USD", TargetPartyId=account, KeyContactId=contact)
                self.put("activities", ActivityFunctionCode="TASK", ActivityTypeCode="CALL", Subject="Hello", StatusCode="COMPLETE", PrimaryContactId=contact, OpportunityId=deal, ActivityStartDate=stamp(self.now))
            if number % 3 == 0:
                self.put("serviceRequests", SrNumber=f"SR{number}", Title="Broken", StatusTypeCd="ORA_SVC_NEW", ChannelTypeCd="ORA_SVC_PHONE", PrimaryContactPartyId=contact)
            self.pause(wish, 90)
        self.now += 60
        return {}

    def sim_step(self, wish):
        self.now += 600
        deals, requests = sorted(self.rows["opportunities"]), sorted(self.rows["serviceRequests"])
        self.put("opportunities", deals[0], StatusCode="WON", EffectiveDate="2026-10-30")
        self.put("serviceRequests", requests[0], StatusTypeCd="ORA_SVC_RESOLVED")
        for number in range(wish.get("more", 2 * self.page_most + 7)):
            self.put("contacts", ContactName=f"Cy {number}", EmailAddress=f"cy{number}@example.test")
        self.now += 60
        return {}

    def sim_late(self, _):
        here, self.now = self.now, max(from_iso(row["LastUpdateDate"]) for row in self.rows["contacts"].values()) - 60
        self.put("contacts", sorted(self.rows["contacts"])[3], FormattedMobileNumber="+32470123456")
        self.now = here
        return {}

    def sim_truth(self, _):
        return {RESOURCES[name][0]: {str(i): row["LastUpdateDate"] for i, row in rows.items()} for name, rows in self.rows.items()}
