#!/usr/bin/env python3
"""Makes labelled record sets of several kinds, to look at the resolver where no open set is.

  generate.py KIND RECORDS FOLDER [--seed N]

KIND is one of: historical (persons of the past: names, birth, place, occupation, many gaps),
dates (names and a date of birth in parts, nothing else), register (a population register with
address and number, typing errors everywhere), companies (organisations), authors (titles and
people in one text), departments (households as seven systems of one company know them, with what
goes wrong there: shared and passed-on contacts, namesakes, twins, fathers and sons, placeholders),
neighbours (two people each of one street and surname, whose given names, house numbers and dates of
birth differ by a sign), equal (strangers who all have the same contacts). Writes FOLDER/records.jsonl and FOLDER/truth.csv.
Standard library only; the same seed makes the same set.
"""
import argparse
import itertools
import json
import os
import random

SYLLABLES = ["ba", "ber", "bro", "car", "cham", "ches", "cor", "dal", "den", "dor", "el", "fair", "far", "gan", "gar",
             "hal", "ham", "har", "hol", "kel", "ken", "lan", "lin", "mal", "mar", "mor", "nor", "os", "par", "pen",
             "ran", "ros", "sal", "sher", "stan", "tal", "thorn", "tor", "val", "war", "wes", "whit", "wil", "wood"]
ENDINGS = ["by", "den", "dale", "field", "ford", "ham", "ley", "man", "more", "ner", "son", "ston", "ton", "well", "worth", "wick", "er", "ard"]
GIVEN = """james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric
jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley
kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen
angela shirley emma brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria
catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn judith andrea
hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice
judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla
alexis lori marie""".split()
NICK = {"james": ["jim", "jimmy", "jamie"], "john": ["jack", "johnny"], "robert": ["bob", "rob", "bobby"], "michael": ["mike"],
        "william": ["bill", "will", "billy"], "david": ["dave"], "richard": ["dick", "rick"], "joseph": ["joe"],
        "thomas": ["tom", "tommy"], "charles": ["charlie", "chuck"], "christopher": ["chris"], "daniel": ["dan"],
        "matthew": ["matt"], "anthony": ["tony"], "elizabeth": ["liz", "betty", "eliza"], "margaret": ["maggie", "peggy"],
        "katherine": ["kate", "kathy"], "catherine": ["cathy", "kate"], "edward": ["ed", "ted", "ned"], "susan": ["sue"],
        "patricia": ["pat", "trish"], "jennifer": ["jenny", "jen"], "samuel": ["sam"], "benjamin": ["ben"]}
OCCUPATIONS = """politician writer painter architect engineer clergyman soldier botanist poet lawyer physician
actor composer explorer merchant philosopher mathematician chemist photographer cricketer footballer judge
diplomat sculptor historian journalist banker""".split()
LEGAL = ["inc", "inc.", "llc", "ltd", "limited", "gmbh", "corp", "co", ""]
TRADES = "systems foods logistics energy media labs partners textiles motors optics paper steel software foundry dairy".split()


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        names = ["".join(p) for p in itertools.product(SYLLABLES, ENDINGS)]
        self.r.shuffle(names)
        self.surnames = names
        self.places = ["".join(p) for p in itertools.product(SYLLABLES, ["bury", "chester", "mouth", "port", "vale"])]
        self.r.shuffle(self.places)

    def zipf(self, items, skew=1.0):
        """The first items often, the last hardly ever."""
        return items[int(len(items) ** (self.r.random() ** (1 / skew))) - 1]

    def typo(self, text, edits=1):
        for _ in range(edits):
            if len(text) < 2:
                return text
            i = self.r.randrange(len(text) - 1)
            kind = self.r.randrange(4)
            c = self.r.choice("abcdefghijklmnopqrstuvwxyz") if text[i].isalpha() else self.r.choice("0123456789")
            text = [text[:i] + c + text[i + 1:], text[:i] + text[i + 1:], text[:i] + c + text[i:],
                    text[:i] + text[i + 1] + text[i] + text[i + 2:]][kind]
        return text

    def date(self, first, last):
        return [self.r.randrange(first, last), self.r.randrange(1, 13), self.r.randrange(1, 29)]

    def wrong_date(self, date):
        y, m, d = date
        kind = self.r.randrange(5)
        if kind == 0:
            return [y, 1, 1]
        if kind == 1 and d <= 12:
            return [y, d, m]
        if kind == 2:
            return [y + self.r.choice([-1, 1, 10, -10]), m, d]
        return [y, m, self.r.randrange(1, 29)] if kind == 3 else [y, self.r.randrange(1, 13), d]

    def given_form(self, given):
        return self.r.choice(NICK[given]) if given in NICK else given

    def chance(self, p):
        return self.r.random() < p


def historical(m):
    while True:
        surname, place, family = m.zipf(m.surnames), m.zipf(m.places), m.chance(0.15)
        district = m.r.randrange(1, 20)
        for _ in range(3 if family else 1):
            given, middle = m.zipf(GIVEN), m.zipf(GIVEN) if m.chance(0.3) else ""
            other = m.zipf(m.surnames) if m.chance(0.1) else ""
            born, code = m.date(1600, 1980), f"{place[:2]}{district} {m.r.randrange(10)}{m.r.choice('abdefgh')}{m.r.choice('jlnpq')}"
            gender, work = m.r.choice(["male", "female"]), m.r.choice(OCCUPATIONS)
            entity = []
            for _ in range(max(1, int(m.r.expovariate(1 / 9.0)))):
                g = m.given_form(given) if m.chance(0.15) else given
                s = other if other and m.chance(0.3) else surname
                g, s = (m.typo(g) if m.chance(0.08) else g), (m.typo(s) if m.chance(0.08) else s)
                if m.chance(0.03):
                    g, s = s, g
                full = " ".join(x for x in [g, middle if m.chance(0.5) else "", s] if x)
                if m.chance(0.05):
                    full = "sir " + full
                d = m.wrong_date(born) if m.chance(0.2) else born
                p = code if m.chance(0.75) else code[:-3] + f"{m.r.randrange(10)}{m.r.choice('abdefgh')}{m.r.choice('jlnpq')}"
                row = {"full_name": full, "first_and_surname": g + " " + s, "first_name": g, "surname": s,
                       "dob": "%04d-%02d-%02d" % tuple(d), "birth_place": place if m.chance(0.85) else m.zipf(m.places),
                       "postcode_fake": p, "gender": gender, "occupation": work}
                for field, gap in [("dob", .15), ("birth_place", .1), ("postcode_fake", .2), ("gender", .2), ("occupation", .35)]:
                    if m.chance(gap):
                        del row[field]
                if m.chance(0.06):
                    del row["first_name"], row["first_and_surname"]
                    row["full_name"] = s
                entity.append(row)
            yield entity


def dates(m):
    while True:
        given, surname, born = m.zipf(GIVEN), m.zipf(m.surnames), m.date(1920, 2005)
        entity = []
        for _ in range(m.r.choice([1, 1, 1, 2, 2, 3])):
            d = m.wrong_date(born) if m.chance(0.1) else born
            entity.append({"fname_c1": m.typo(given) if m.chance(0.1) else given, "lname_c1": m.typo(surname) if m.chance(0.1) else surname,
                           "by": str(d[0]), "bm": str(d[1]), "bd": str(d[2])})
        yield entity


def register(m):
    while True:
        base = {"given_name": m.zipf(GIVEN), "surname": m.zipf(m.surnames), "street_number": str(m.r.randrange(1, 300)),
                "address_1": m.zipf(m.surnames) + " " + m.r.choice(["street", "road", "place", "avenue", "close"]),
                "suburb": m.zipf(m.places), "postcode": str(m.r.randrange(1000, 9999)), "state": m.r.choice(["nsw", "vic", "qld", "wa"]),
                "date_of_birth": "%04d%02d%02d" % tuple(m.date(1900, 2000)), "soc_sec_id": str(m.r.randrange(1000000, 9999999))}
        entity = [base]
        for _ in range(m.r.choice([0, 0, 1, 1, 2, 5])):
            row = dict(base)
            for field in m.r.sample(list(row), m.r.choice([1, 2, 3, 4])):
                if m.chance(0.15):
                    del row[field]
                else:
                    row[field] = m.typo(row[field], m.r.choice([1, 1, 2]))
            if m.chance(0.05) and "given_name" in row and "surname" in row:
                row["given_name"], row["surname"] = row["surname"], row["given_name"]
            entity.append(row)
        yield entity


def companies(m):
    while True:
        name, trade, city = m.zipf(m.surnames), m.r.choice(TRADES), m.zipf(m.places)
        domain = f"{name}{trade[:m.r.choice([0, 4, 9])]}.com"
        street, number = m.zipf(m.surnames) + " street", str(m.r.randrange(1, 200))
        phone = "+1 %d %d %04d" % (m.r.randrange(201, 989), m.r.randrange(200, 999), m.r.randrange(10000))
        entity = []
        for _ in range(m.r.choice([1, 1, 2, 3, 4])):
            row = {"company_name": f"{name} {trade} {m.r.choice(LEGAL)}".strip().title(), "website": "https://www." + domain,
                   "address": f"{number} {street}", "city": city, "phone": phone, "industry": trade}
            if m.chance(0.15):
                row["company_name"] = m.typo(row["company_name"])
            if m.chance(0.1):
                row["company_name"] = name.title()
            for field, gap in [("website", .4), ("address", .3), ("city", .2), ("phone", .4), ("industry", .3)]:
                if m.chance(gap):
                    del row[field]
            entity.append(row)
        yield entity


def authors(m):
    words = m.surnames
    while True:
        title = [m.zipf(words) for _ in range(m.r.randrange(4, 10))]
        people = [f"{m.zipf(GIVEN)} {m.zipf(m.surnames)}" for _ in range(m.r.randrange(1, 5))]
        year, venue = str(m.r.randrange(1990, 2020)), m.r.choice(["vldb", "sigmod conference", "icde", "acm tods", "sigmod record"])
        entity = []
        for _ in range(m.r.choice([1, 2, 2, 3])):
            t = [m.typo(w) if m.chance(0.05) else w for w in title]
            p = [x if m.chance(0.7) else x[0] + ". " + x.split()[1] for x in people]
            row = {"title": " ".join(t), "authors": ", ".join(p), "venue": venue, "year": year}
            for field, gap in [("authors", .1), ("venue", .2), ("year", .2)]:
                if m.chance(gap):
                    del row[field]
            entity.append(row)
        yield entity


PROVIDERS = ["gmail.com"] * 4 + ["yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "gmx.de", "proton.me"]
STREETS = ["street", "road", "place", "avenue", "close", "drive", "lane"]
# What each system asks for, and how often it is told.
DEPARTMENTS = {
    "crm": {"name": 1, "date_of_birth": .9, "email": .8, "phone": .75, "address": .9, "company": .2},
    "billing": {"name": 1, "date_of_birth": .9, "phone": .73, "address": .92, "national_id": .57},
    "loyalty": {"name": 1, "date_of_birth": .9, "email": .84, "phone": .73, "postcode": .68, "loyalty_id": 1},
    "marketing": {"name": 1, "email": .96, "postcode": .7},
    "webshop": {"name": 1, "email": .95, "phone": .72, "address": .9},
    "support": {"full_name": 1, "email": .8, "phone": .78},
    "events": {"full_name": 1, "email": .94, "phone": .75, "company": .2},
}


def mail_of(m, given, surname, born):
    local = m.r.choice([given + surname, given + "." + surname, given[0] + surname, given + str(born[0]), given + "_" + surname,
                        given + "." + surname + str(m.r.randrange(100)), surname + "." + given])
    return local + "@" + m.r.choice(PROVIDERS)


def phone_of(m):
    return f"{m.r.randrange(201, 989)}{m.r.randrange(200, 999)}{m.r.randrange(10000):04}"


def written_phone(m, number):
    a, b, c = number[:3], number[3:6], number[6:]
    return m.r.choice([a + b + c, f"({a}) {b}-{c}", f"{a}-{b}-{c}", f"+1 {a} {b} {c}", f"1-{a}-{b}-{c}"])


class Person:
    def __init__(self, m, given, surname, born, address, number, mail):
        self.given, self.surname, self.born, self.address = given, surname, born, address
        self.phone, self.mail, self.suffix = number, mail, ""
        self.new_surname = m.zipf(m.surnames) if m.chance(0.05) else ""
        self.new_address = home(m) if m.chance(0.2) else None
        self.company = f"{m.zipf(m.surnames)} {m.r.choice(TRADES)}" if m.chance(0.2) else ""
        self.national, self.loyalty = f"{m.r.randrange(10 ** 8, 10 ** 9)}", f"L{m.r.randrange(10 ** 7):07}"


def home(m):
    place = m.r.randrange(60)
    return {"street_number": str(m.r.randrange(1, 9999)), "street": m.zipf(m.surnames) + " " + m.r.choice(STREETS),
            "city": m.places[place], "state": "ABCDEFGHIJ"[place % 10] + "S", "postcode": f"{10000 + place * 50 + m.r.randrange(50)}"}


def household(m):
    address, line, surname = home(m), phone_of(m), m.zipf(m.surnames)
    mail = f"{surname}family@{m.r.choice(PROVIDERS)}" if m.chance(0.1) else ""
    people = []
    for place in range(m.r.choice([1, 1, 2, 2, 3, 4])):
        given, born = m.zipf(GIVEN), m.date(1935, 1980) if place < 2 else m.date(1990, 2012)
        people.append(Person(m, given, surname if m.chance(0.9) else m.zipf(m.surnames), born, address,
                             line if m.chance(0.15) else phone_of(m), mail or mail_of(m, given, surname, born)))
    if len(people) > 2 and m.chance(0.05):  # father and son
        people[2].given, people[2].surname, people[0].suffix, people[2].suffix = people[0].given, people[0].surname, "Sr", "Jr"
    if len(people) > 3 and m.chance(0.1):  # twins
        people[3].born, people[3].surname = people[2].born, people[2].surname
    return people


def department_row(m, person, system):
    year = m.r.randrange(2015, 2024)
    given, surname, address = person.given, person.surname, person.address
    if year >= 2019:
        surname, address = person.new_surname or surname, person.new_address or address
    if m.chance(0.1):
        given = m.given_form(given)
    elif m.chance(0.04):
        given = given[0] + "."
    given, surname = m.typo(given) if m.chance(0.05) else given, m.typo(surname) if m.chance(0.06) else surname
    if m.chance(0.03):
        given, surname = surname, given
    if person.suffix and m.chance(0.8):
        surname += " " + person.suffix
    mail = m.typo(person.mail) if m.chance(0.03) else person.mail
    if m.chance(0.03):
        mail = mail.replace("@", "+%s@" % system)
    born = m.wrong_date(person.born) if m.chance(0.06) else person.born
    number = m.typo(person.phone) if m.chance(0.03) else person.phone
    if m.chance(0.01):
        born = [1970, 1, 1] if m.chance(0.5) else [1985, 5, 5]
    if m.chance(0.02):
        mail, number = "noreply@shop.example", "0000000000"
    if person.company and system in ("crm", "events") and m.chance(0.2):
        mail = f"info@{person.company.replace(' ', '')}.example"
    full = m.r.choice([f"{given} {surname}", f"{given} {surname}", f"{surname}, {given}", f"Dr {given} {surname}", f"{given} {surname}".upper()])
    values = {"name": {"given_name": given.title(), "surname": surname.title()}, "full_name": {"full_name": full}, "address": address,
              "date_of_birth": {"date_of_birth": "%04d-%02d-%02d" % tuple(born)}, "email": {"email": mail},
              "phone": {"phone": written_phone(m, number)}, "postcode": {"postcode": address["postcode"]},
              "company": {"company": person.company}, "national_id": {"national_id": person.national}, "loyalty_id": {"loyalty_id": person.loyalty}}
    row = {"source": system}
    for part, told in DEPARTMENTS[system].items():
        if m.chance(told):
            row.update({field: value for field, value in values[part].items() if value})
    return {**row, "updated_at": "%04d-%02d-%02d" % tuple(m.date(year, year + 1))}


def departments(m):
    before = []
    while True:
        people = household(m)
        if before and m.chance(0.06):  # a number that had another owner
            people[0].phone = m.r.choice(before).phone
        if before and m.chance(0.03):  # a namesake
            other = m.r.choice(before)
            people[0].given, people[0].surname = other.given, other.surname
            people[0].mail = mail_of(m, other.given, other.surname, people[0].born)
        before = (before + people)[-500:]
        for person in people:
            yield [department_row(m, person, system) for system in DEPARTMENTS for _ in range(2) if m.chance(0.29)] or \
                  [department_row(m, person, "crm")]


def other_sign(m, text, signs):
    """One of the signs replaced by another of its kind; not the first, which people rarely mistake."""
    at = m.r.choice([i for i, c in enumerate(text) if i > 0 and c in signs])
    return text[:at] + m.r.choice([c for c in signs if c != text[at]]) + text[at + 1:]


def neighbours(m):
    """Every person has one record, or a second one with a typing error in one field."""
    letters, digits = "abcdefghijklmnopqrstuvwxyz", "0123456789"
    while True:
        born = m.date(1930, 2005)
        one = {"given_name": m.zipf(GIVEN), "surname": m.zipf(m.surnames), "street_number": str(m.r.randrange(10, 300)),
               "street": m.zipf(m.surnames) + " " + m.r.choice(STREETS), "city": m.places[m.r.randrange(60)],
               "postcode": str(m.r.randrange(1000, 9999)), "date_of_birth": "%04d-%02d-%02d" % tuple(born)}
        day = m.r.choice([d for d in range(1, 29) if d != born[2] and (d % 10 == born[2] % 10 or d // 10 == born[2] // 10)])
        other = {**one, "given_name": other_sign(m, one["given_name"], letters), "date_of_birth": "%04d-%02d-%02d" % (born[0], born[1], day),
                 "street_number": other_sign(m, one["street_number"], digits)}
        for person in (one, other):
            field = m.r.choice(["given_name", "surname", "street", "city"])
            yield [person, {**person, field: m.typo(person[field])}] if m.chance(0.5) else [person]


def equal(m):
    """Every record has the same mailbox, number, date and company: what a resolver may stall on."""
    while True:
        surname = "".join(m.r.choice("abcdefghijklmnoprstuvw") for _ in range(7))
        yield [{"given_name": m.zipf(GIVEN), "surname": surname, "email": "info@one.example", "phone": "+12065550100",
                "date_of_birth": "1970-01-01", "company": "Orbis Foods"}]


def main():
    kinds = {f.__name__: f for f in (historical, dates, register, companies, authors, departments, neighbours, equal)}
    parser = argparse.ArgumentParser(description="Make a labelled record set.")
    parser.add_argument("kind", choices=kinds)
    parser.add_argument("records", type=int)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    maker, rows, truth = Maker(args.seed), [], []
    for number, entity in enumerate(kinds[args.kind](maker)):
        if len(rows) >= args.records:
            break
        rows += entity
        truth += [number] * len(entity)
    order = list(range(min(len(rows), args.records)))
    maker.r.shuffle(order)
    os.makedirs(args.folder, exist_ok=True)
    with open(os.path.join(args.folder, "records.jsonl"), "w") as records, open(os.path.join(args.folder, "truth.csv"), "w") as labels:
        labels.write("id,customer\n")
        for i, place in enumerate(order):
            records.write(json.dumps({"id": f"r{i}", "source": args.kind, **rows[place]}) + "\n")
            labels.write(f"r{i},{truth[place]}\n")


if __name__ == "__main__":
    main()
