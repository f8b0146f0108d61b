"""Dataverse's Web API, as https://learn.microsoft.com/power-apps/developer/data-platform/webapi/ describes it: change tracking."""

import re

from simulator import Answer, Refused, Vendor as Base, iso, route

LIFETIME = 7 * 86_400  # of a link to changes
SETS = {
    "accounts": ("accountid", "account", "name websiteurl telephone1 emailaddress1 merged _masterid_value"),
    "contacts": ("contactid", "contact", "fullname emailaddress1 telephone1 mobilephone merged _masterid_value _originatingleadid_value _parentcustomerid_value"),
    "leads": ("leadid", "lead", "fullname emailaddress1 telephone1 companyname subject statecode merged _masterid_value _ownerid_value"),
    "opportunities": ("opportunityid", "opportunity", "name estimatedvalue actualvalue actualclosedate statecode _parentcontactid_value _customerid_value _ownerid_value"),
    "incidents": ("incidentid", "incident", "ticketnumber title caseorigincode statecode _primarycontactid_value _customerid_value _ownerid_value"),
    "phonecalls": ("activityid", "phonecall", "subject description directioncode statecode phonenumber _regardingobjectid_value _ownerid_value actualend"),
    "emails": ("activityid", "email", "subject description directioncode statecode sender torecipients _regardingobjectid_value _ownerid_value senton"),
    "appointments": ("activityid", "appointment", "subject description statecode scheduledstart scheduledend _regardingobjectid_value _ownerid_value"),
}
STREAMS = {"incidents": "cases"}
KINDS = {"_customerid_value": "account", "_regardingobjectid_value": "contact", "_ownerid_value": "systemuser"}
ANNOTATION = "@Microsoft.Dynamics.CRM.lookuplogicalname"


class Vendor(Base):
    page_most = 40  # 5,000 at Dataverse
    recording = {
        "about": "A small sales team: accounts, contacts on two pages, one merged away; a deal won, a case, calls, e-mails; a lead.",
        "sign_in": ("bearer", "dv-secret"),
        "settings": {},
        "address": "https://halden.crm4.dynamics.com",
        "seed": {"count": 4, "gap": 3600},
    }

    def __init__(self):
        super().__init__()
        self.rows = {name: {} for name in SETS}
        self.gone = {name: {} for name in SETS}  # id: version of its deletion
        self.version, self.next_id, self.untracked = 1000, 0, set()

    def refuse(self, status, code, message, headers=None):
        return Refused(status, {"error": {"code": code, "message": message}}, headers)

    def authorise(self, request):
        if not self.signed_in(request) and request.headers.get("Authorization") != "Bearer dv-secret":
            raise Refused(401, "", {"WWW-Authenticate": "Bearer authorization_uri=https://login.microsoftonline.com"})

    def expired(self):
        return Answer("", 401, {"WWW-Authenticate": "Bearer error=invalid_token"})

    def too_many(self):
        return self.refuse(429, "0x80072322", "Number of requests exceeded the limit of 6000", {"Retry-After": "5"}).answer

    def not_found(self):
        return self.refuse(404, "0x8006088a", "Resource not found for the segment.").answer

    @route("GET", r"/api/data/v9\.2/WhoAmI")
    def who_am_i(self, _):
        return {"BusinessUnitId": "b", "UserId": "00000000-0000-0000-0000-000000000001", "OrganizationId": "o"}

    @route("GET", r"/api/data/v9\.2/([a-z]+)")
    def read_set(self, request):
        name = request.args[0]
        if name not in SETS:
            return self.not_found()
        key, entity, columns = SETS[name]
        prefer = request.headers.get("Prefer") or ""
        size = int((re.search(r"odata\.maxpagesize=(\d+)", prefer) or [0, 5000])[1])
        known = {key, "createdon", "modifiedon", "versionnumber", *columns.split()}
        bad = set(request.query) - {"$select", "$deltatoken", "$skiptoken"}
        if bad:
            raise self.refuse(400, "0x80060888", f"{sorted(bad)[0]} is not supported with change tracking")
        selected = (request.param("$select") or "").split(",")
        for column in selected:
            if column not in known:
                raise self.refuse(400, "0x80060888", f"Could not find a property named '{column}' on type 'Microsoft.Dynamics.CRM.{entity}'.")
        since, upto, after = 0, self.version, 0
        if "$deltatoken" in request.query:
            since, issued = map(int, request.param("$deltatoken").split("!"))
            if self.now - issued > LIFETIME:
                raise self.refuse(400, "0x80044352", "Version stamp associated with the client has expired. Please perform a full sync.")
        if "$skiptoken" in request.query:
            since, upto, after = map(int, request.param("$skiptoken").split("!"))
        shown = []
        for row in self.rows[name].values():
            if since < row["versionnumber"] <= upto or (since == 0 and row["versionnumber"] > upto):
                shown.append((row["versionnumber"], self.shown(name, row, selected, prefer)))
        if since:
            context = f"{self.origin}/api/data/v9.2/$metadata#{name}/$deletedEntity"
            for ident, version in self.gone[name].items():
                if since < version <= upto:
                    shown.append((version, {"@odata.context": context, "id": ident, "reason": "deleted"}))
        shown = sorted((pair for pair in shown if pair[0] > after), key=lambda pair: pair[0])
        page = shown[: min(size, self.page_most)]
        answer = {"@odata.context": f"{self.origin}/api/data/v9.2/$metadata#{name}", "value": [row for _, row in page]}
        base = f"{self.origin}/api/data/v9.2/{name}?$select={','.join(selected)}"
        if len(page) < len(shown):
            answer["@odata.nextLink"] = f"{base}&$skiptoken={since}!{upto}!{page[-1][0]}"
        elif "odata.track-changes" in prefer and name not in self.untracked:
            answer["@odata.deltaLink"] = f"{base}&$deltatoken={upto}!{self.now}"
        return answer

    def shown(self, name, row, selected, prefer):
        kept = {"@odata.etag": f'W/"{row["versionnumber"]}"', SETS[name][0]: row[SETS[name][0]]}
        for column in selected:
            kept[column] = row[column]
            if column in KINDS and row[column] and "lookuplogicalname" in prefer:
                kept[column + ANNOTATION] = KINDS[column]
        return kept

    # What people do with it.
    def put(self, table, ident=None, **fields):
        self.version += 1
        if ident is None:
            self.next_id += 1
            ident = f"00000000-0000-0000-0000-{self.next_id:012}"
            row = {column: None for column in SETS[table][2].split()}
            row.update({"merged": False} if "merged" in row else {})
            row.update({"statecode": 0} if "statecode" in row else {})
            self.rows[table][ident] = {SETS[table][0]: ident, **row, "createdon": iso(self.now)}
        self.rows[table][ident].update(fields, modifiedon=iso(self.now), versionnumber=self.version)
        return ident

    def sim_delete(self, wish):
        """Tells those who knew it; whoever reads for the first time never hears of it."""
        self.version += 1
        del self.rows[wish["set"]][wish["id"]]
        self.gone[wish["set"]][wish["id"]] = self.version
        return {}

    def sim_seed(self, wish):
        for number in range(wish["count"]):
            account = self.put("accounts", name=f"Globex {number}", websiteurl="globex.test")
            contact = self.put("contacts", fullname=f"Ana {number}", emailaddress1=f"ana{number}@example.test")
            if number % 2 == 0:
                self.put("opportunities", name=f"Deal {number}", estimatedvalue=100.5, _customerid_value=account, _parentcontactid_value=contact)
                self.put("phonecalls", subject="Hello", directioncode=True, statecode=1, _regardingobjectid_value=contact, actualend=iso(self.now))
            if number % 3 == 0:
                self.put("leads", fullname=f"Bo {number}", emailaddress1=f"bo{number}@example.test", subject="Wants a demo")
                self.put("emails", subject="Offer", directioncode=True, statecode=1, _regardingobjectid_value=contact, senton=iso(self.now))
                self.put("incidents", ticketnumber=f"CAS-{number}", title="Broken", caseorigincode=1, _primarycontactid_value=contact, _customerid_value=account)
                self.put("appointments", subject="Demo", statecode=3, _regardingobjectid_value=contact, scheduledstart=iso(self.now), scheduledend=iso(self.now))
            self.pause(wish, 90)
        self.now += 60
        return {}

    def sim_step(self, wish):
        """New, changed and merged ones; time goes on."""
        self.now += 600
        contacts, deals = sorted(self.rows["contacts"]), sorted(self.rows["opportunities"])
        self.put("contacts", contacts[0], emailaddress1="new@example.test")
        self.put("contacts", contacts[1], merged=True, _masterid_value=contacts[0])
        self.put("opportunities", deals[0], statecode=1, actualvalue=90, actualclosedate="2026-10-30")
        for number in range(wish.get("more", 2 * self.page_most + 7)):
            self.put("contacts", fullname=f"Cy {number}", emailaddress1=f"cy{number}@example.test")
        self.now += 60
        return {}

    def sim_untrack(self, wish):
        self.untracked.add(wish["set"])
        return {}

    def sim_take_away(self, _):
        return self.sim_delete({"set": "contacts", "id": sorted(self.rows["contacts"])[4]})

    def sim_truth(self, _):
        truth = {STREAMS.get(name, name): {i: str(row["versionnumber"]) for i, row in rows.items()} for name, rows in self.rows.items()}
        for name, gone in self.gone.items():
            truth[STREAMS.get(name, name)].update({ident: "" for ident in gone})
        return truth
