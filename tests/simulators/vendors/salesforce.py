"""Salesforce, as https://developer.salesforce.com/docs describes it: SOQL over REST, Bulk API 2.0 query jobs, OAuth 2."""

import base64
import csv
import io
import json
import re
import urllib.parse

from simulator import Answer, Refused, Vendor as Base, from_iso, iso, route

RESULTS = 50  # rows of a page of results, at most
POLLS = 2  # questions until a job is done
FIELDS = {
    "Account": "Name Website Phone OwnerId MasterRecordId",
    "Contact": "Name Email Phone MobilePhone AccountId OwnerId MasterRecordId",
    "Lead": "Name Email Phone Company Status LeadSource IsConverted ConvertedDate ConvertedContactId ConvertedOpportunityId OwnerId MasterRecordId",
    "Opportunity": "Name AccountId StageName Amount CloseDate IsClosed IsWon OwnerId",
    "OpportunityHistory": "OpportunityId StageName Amount CloseDate CreatedById",
    "OpportunityContactRole": "OpportunityId ContactId Role IsPrimary",
    "Task": "WhoId WhatId AccountId Subject Description Status TaskSubtype CallType IsClosed CompletedDateTime OwnerId",
    "Event": "WhoId WhatId AccountId Subject Description StartDateTime EndDateTime OwnerId",
    "Case": "CaseNumber ContactId AccountId SuppliedEmail SuppliedName Subject Status Origin IsClosed ClosedDate OwnerId",
}
PREFIXES = {
    "Account": "001", "Contact": "003", "Lead": "00Q", "Opportunity": "006", "OpportunityHistory": "008",
    "OpportunityContactRole": "00K", "Task": "00T", "Event": "00U", "Case": "500",
}
STREAMS = {
    "Account": "accounts", "Contact": "contacts", "Lead": "leads", "Opportunity": "opportunities",
    "OpportunityHistory": "opportunity_history", "Task": "tasks", "Event": "events", "Case": "cases",
}
COMMON = ["Id", "CreatedDate", "SystemModstamp", "IsDeleted"]
TOKEN = re.compile(r"\s*(\(|\)|,|>=|<=|!=|=|>|<|'[^']*'|[\w.:+-]+)")


class Condition:
    """The part after WHERE: comparisons, IN, AND, OR; the two may be mixed in parentheses only."""

    def __init__(self, text, refuse):
        self.tokens, self.at, self.refuse = TOKEN.findall(text), 0, refuse
        self.holds = self.either()
        if self.at != len(self.tokens):
            raise refuse("MALFORMED_QUERY", f"unexpected token: '{self.tokens[self.at]}'")

    def take(self):
        if self.at == len(self.tokens):
            raise self.refuse("MALFORMED_QUERY", "unexpected end of the query")
        self.at += 1
        return self.tokens[self.at - 1]

    def next_is(self, word):
        return self.at < len(self.tokens) and self.tokens[self.at] == word

    def either(self):
        parts, joined = [self.one()], set()
        while self.next_is("OR") or self.next_is("AND"):
            joined.add(self.take())
            parts.append(self.one())
        if len(joined) == 2:
            raise self.refuse("MALFORMED_QUERY", "unexpected token: 'OR'")
        test = any if "OR" in joined else all
        return lambda row: test(part(row) for part in parts)

    def one(self):
        if self.next_is("("):
            self.take()
            inner = self.either()
            if self.take() != ")":
                raise self.refuse("MALFORMED_QUERY", "expecting a right parenthesis")
            return inner
        name, operator = self.take(), self.take()
        if operator == "IN":
            self.take()
            values = []
            while not self.next_is(")"):
                token = self.take()
                if token != ",":
                    values.append(self.value(name, token))
            self.take()
            return lambda row: row[name] in values
        value = self.value(name, self.take())
        compare = {"=": "__eq__", ">": "__gt__", ">=": "__ge__", "<": "__lt__", "<=": "__le__"}[operator]
        return lambda row: getattr(row[name], compare)(value)

    def value(self, name, token):
        if name in ("SystemModstamp", "CreatedDate"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", token):
                raise self.refuse("MALFORMED_QUERY", f"{name}: a dateTime is written without quotes, in UTC")
            return iso(from_iso(token), ".000+0000")
        if not token.startswith("'"):
            raise self.refuse("INVALID_FIELD", f"value of filter criterion for field '{name}' must be of type string")
        return token[1:-1]


class Vendor(Base):
    page_most = 40  # 2,000 at Salesforce, fewer where rows are wide
    recording = {
        "about": "A small sales team: accounts, contacts by a bulk job, one merged away and one deleted; a deal won; leads, calls, cases.",
        "sign_in": ("bearer", "sf-secret"),
        "settings": {},
        "address": "https://halden.my.salesforce.com",
        "seed": {"count": 4, "gap": 3600},
    }

    def __init__(self):
        super().__init__()
        self.rows = {name: {} for name in FIELDS}
        self.jobs, self.cursors = {}, {}
        self.next_id = 0

    def refuse(self, code, message, status=400):
        return Refused(status, [{"message": message, "errorCode": code}])

    def authorise(self, request):
        if request.path == "/services/oauth2/token" or self.signed_in(request):
            return
        if request.headers.get("Authorization") != "Bearer sf-secret":
            raise self.refuse("INVALID_SESSION_ID", "Session expired or invalid", 401)

    def expired(self):
        return self.refuse("INVALID_SESSION_ID", "Session expired or invalid", 401).answer

    def too_many(self):
        return self.refuse("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", 403).answer

    def not_found(self):
        return self.refuse("NOT_FOUND", "The requested resource does not exist", 404).answer

    def answer(self, request):
        answer = super().answer(request)
        answer.headers["Sforce-Limit-Info"] = f"api-usage={self._served}/100000"
        return answer

    @route("POST", "/services/oauth2/token")
    def token(self, request):
        form = dict(urllib.parse.parse_qsl(request.body.decode()))
        if form.get("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            header, claims, _ = form["assertion"].split(".")
            decoded = json.loads(base64.urlsafe_b64decode(claims + "=="))
            alg = json.loads(base64.urlsafe_b64decode(header + "=="))["alg"]
            if alg != "RS256" or set(decoded) < {"iss", "sub", "aud", "exp"}:
                return Answer({"error": "invalid_grant", "error_description": "invalid assertion"}, 400)
        elif form.get("grant_type") != "client_credentials" or form.get("client_secret") != "oauth-client-s3cret":
            return Answer({"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
        self.tokens_given += 1
        self.access_token = f"access-s3cret-{self.tokens_given}"
        # Salesforce does not say how long a token lives.
        return {"access_token": self.access_token, "instance_url": self.origin, "id": "", "token_type": "Bearer", "scope": "api"}

    # SOQL.
    def select(self, soql, with_deleted):
        match = re.fullmatch(r"SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY ([\w, ]+?))?(?: LIMIT (\d+))?", soql)
        if not match:
            raise self.refuse("MALFORMED_QUERY", "unexpected token")
        names, kind = [name.strip() for name in match[1].split(",")], match[2]
        if kind == "Organization":
            return kind, names, [{"Name": "Halden", "OrganizationType": "Enterprise Edition"}]
        if kind not in FIELDS:
            raise self.refuse("INVALID_TYPE", f"sObject type '{kind}' is not supported.")
        for name in names:
            if name not in COMMON + FIELDS[kind].split():
                raise self.refuse("INVALID_FIELD", f"No such column '{name}' on entity '{kind}'.")
        rows = [row for row in self.rows[kind].values() if with_deleted or not row["IsDeleted"]]
        if match[3]:
            holds = Condition(match[3], self.refuse).holds
            rows = [row for row in rows if holds(row)]
        order = [name.strip() for name in (match[4] or "").split(",") if name.strip()]
        rows.sort(key=lambda row: [row[name] for name in order])
        return kind, names, rows[: int(match[5])] if match[5] else rows

    def batch(self, kind, names, rows, version):
        page, rest = rows[: self.page_most], rows[self.page_most :]
        shown = [{"attributes": {"type": kind, "url": ""}, **{name: row[name] for name in names}} for row in page]
        answer = {"totalSize": len(rows), "done": not rest, "records": shown}
        if rest:
            locator = f"01g{len(self.cursors):015}-{self.page_most}"
            self.cursors[locator] = (kind, names, rest)
            answer["nextRecordsUrl"] = f"/services/data/v{version}/query/{locator}"
        return answer

    @route("GET", r"/services/data/v(\d+\.0)/(query|queryAll)")
    def query(self, request):
        request.only(("q",), lambda sentence: self.refuse("BAD_REQUEST", sentence))
        return self.batch(*self.select(request.param("q"), request.args[1] == "queryAll"), request.args[0])

    @route("GET", r"/services/data/v(\d+\.0)/query/([\w-]+)")
    def more(self, request):
        if request.args[1] not in self.cursors:
            raise self.refuse("INVALID_QUERY_LOCATOR", "invalid query locator")
        return self.batch(*self.cursors[request.args[1]], request.args[0])

    # Bulk API 2.0.
    @route("POST", r"/services/data/v(\d+\.0)/jobs/query")
    def create_job(self, request):
        wish = request.json()
        if wish.get("operation") not in ("query", "queryAll") or set(wish) - {"operation", "query", "contentType", "columnDelimiter", "lineEnding"}:
            raise self.refuse("INVALIDJOB", "operation has to be query or queryAll")
        if re.search(r"\(SELECT|GROUP BY|OFFSET|TYPEOF", wish["query"]):
            raise self.refuse("API_ERROR", "not supported in bulk queries")
        kind, names, rows = self.select(wish["query"], wish["operation"] == "queryAll")
        ident = f"750{len(self.jobs):015}"
        # In no order that could be relied upon.
        self.chance.shuffle(rows)
        self.jobs[ident] = {"polls": 0, "names": names, "rows": [dict(row) for row in rows]}
        return {
            "id": ident, "operation": wish["operation"], "object": kind, "createdDate": iso(self.now, ".000+0000"),
            "state": "UploadComplete", "contentType": "CSV", "apiVersion": float(request.args[0]), "lineEnding": "LF", "columnDelimiter": "COMMA",
        }

    def job(self, ident):
        if ident not in self.jobs:
            raise self.refuse("NOT_FOUND", "The requested resource does not exist", 404)
        return self.jobs[ident]

    @route("GET", r"/services/data/v\d+\.0/jobs/query/(\w+)")
    def get_job(self, request):
        job = self.job(request.args[0])
        job["polls"] += 1
        if job.get("failed"):
            return {"id": request.args[0], "state": "Failed", "errorMessage": "QUERY_TIMEOUT: took too long"}
        return {"id": request.args[0], "state": "JobComplete" if job["polls"] > POLLS else "InProgress"}

    @route("GET", r"/services/data/v\d+\.0/jobs/query/(\w+)/results")
    def results(self, request):
        job = self.job(request.args[0])
        request.only(("locator", "maxRecords"), lambda sentence: self.refuse("BAD_REQUEST", sentence))
        if job["polls"] <= POLLS:
            raise self.refuse("INVALIDJOBSTATE", "The job is not complete")
        start = int(base64.b64decode(request.param("locator")).decode()) if "locator" in request.query else 0
        most = request.number("maxRecords", RESULTS, 1, 10**9, lambda sentence: self.refuse("BAD_REQUEST", sentence))
        page = job["rows"][start : start + min(most, RESULTS)]
        end = start + len(page)
        locator = base64.b64encode(str(end).encode()).decode() if end < len(job["rows"]) else "null"
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(job["names"])
        for row in page:
            writer.writerow([self.cell(row[name]) for name in job["names"]])
        return Answer(text.getvalue(), headers={"Sforce-Locator": locator, "Sforce-NumberOfRecords": str(len(page))}, content_type="text/csv")

    def cell(self, value):
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.replace("+0000", "Z") if isinstance(value, str) and value.endswith(".000+0000") else value

    # What sales does.
    def put(self, kind, ident=None, **fields):
        if ident is None:
            self.next_id += 1
            ident = f"{PREFIXES[kind]}{self.next_id:015}"
            row = {name: None for name in FIELDS[kind].split()}
            for flag in ("IsClosed", "IsWon", "IsConverted", "IsPrimary"):
                if flag in row:
                    row[flag] = False
            self.rows[kind][ident] = {"Id": ident, **row, "CreatedDate": iso(self.now, ".000+0000"), "IsDeleted": False}
        self.rows[kind][ident].update(fields, SystemModstamp=iso(self.now, ".000+0000"))
        return ident

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            account = self.put("Account", Name=f'Globex, "{number}"', Website="globex.test")
            contact = self.put("Contact", Name=f"Ana\nNo {number}", Email=f"ana{number}@example.test", AccountId=account)
            if number % 2 == 0:
                deal = self.put("Opportunity", Name=f"Deal {number}", AccountId=account, StageName="Proposal", Amount=100.5, CloseDate="2026-12-01")
                self.put("OpportunityHistory", OpportunityId=deal, StageName="Proposal", Amount=100.5, CloseDate="2026-12-01")
                self.put("OpportunityContactRole", OpportunityId=deal, ContactId=contact, IsPrimary=True)
            if number % 3 == 0:
                self.put("Lead", Name=f"Bo {number}", Email=f"bo{number}@example.test", Company="Globex", Status="Open", LeadSource="Web")
                self.put("Task", WhoId=contact, Subject="Call", TaskSubtype="Call", CallType="Inbound", IsClosed=True, CompletedDateTime=iso(self.now, ".000+0000"))
                self.put("Event", WhoId=contact, Subject="Demo", StartDateTime=iso(self.now, ".000+0000"), EndDateTime=iso(self.now + 3600, ".000+0000"))
            if number % 4 == 0:
                self.put("Case", CaseNumber=f"{number:08}", ContactId=contact, Subject="Broken", Status="New", Origin="Phone")
            self.pause(wish, 240)
        self.now += 60
        return {}

    def sim_step(self, wish):
        """New, changed, merged and deleted ones; time goes on."""
        self.now += 3600
        contacts, deals = sorted(self.rows["Contact"]), sorted(self.rows["Opportunity"])
        self.put("Contact", contacts[0], Email="new@example.test")
        self.put("Contact", contacts[1], IsDeleted=True)
        self.put("Contact", contacts[2], IsDeleted=True, MasterRecordId=contacts[0])
        self.put("Opportunity", deals[0], StageName="Closed Won", IsClosed=True, IsWon=True)
        self.put("OpportunityHistory", OpportunityId=deals[0], StageName="Closed Won", Amount=100.5)
        for number in range(wish.get("more", 2 * self.page_most + 7)):
            self.put("Contact", Name=f"Cy {number}", Email=f"cy{number}@example.test")
        self.now += 60
        return {}

    def sim_late(self, _):
        """A long transaction commits: its rows bear the time at which it wrote them."""
        here, self.now = self.now, max(from_iso(row["SystemModstamp"]) for row in self.rows["Contact"].values()) - 300
        self.put("Contact", Name="Late", Email="late@example.test")
        self.now = here
        return {}

    def sim_forget_jobs(self, _):
        """Seven days are over."""
        self.jobs.clear()
        return {}

    def sim_fail_jobs(self, _):
        for job in self.jobs.values():
            job["failed"] = True
        return {}

    def sim_take_away(self, _):
        self.put("Contact", sorted(self.rows["Contact"])[4], IsDeleted=True)
        return {}

    def sim_truth(self, _):
        return {stream: {ident: row["SystemModstamp"] for ident, row in self.rows[kind].items()} for kind, stream in STREAMS.items()}
