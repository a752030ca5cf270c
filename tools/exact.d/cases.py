"""Random small exams of every policy, and random changes of published ones; the same seed gives the same cases."""
from dataclasses import dataclass
from random import Random

from package import Package

POLICIES = ("never", "same_series", "leftover", "free")
# What a case has beside people, units and rooms.
PLAN_KINDS = ("plain", "weights", "opening", "detour", "accommodations", "reserve", "routing", "sparse", "everything")
CHANGE_KINDS = ("unchanged", "cap", "room_lost", "venue_lost", "late_accommodation", "pins", "people", "routed", "desks",
                "merged", "everything")
ACCOMMODATIONS = ("wheelchair", "separate_room", "large_print", "scribe", "extra_time_1.2", "extra_time_1.5",
                  "wheelchair;extra_time_1.5", "scribe;extra_time_1.5", "wheelchair;separate_room")
DISTRICTS = ("11110", "11140", "11170")


@dataclass
class Case:
    """policy and kind name the line of the table; a case of replan is made from `exam` in a second step."""
    name: str
    policy: str
    kind: str
    exam: Package
    changes: bool


def make_case(random, name, policy=None, kind=None):
    policy = policy or random.choice(POLICIES)
    kind = kind or random.choice([*PLAN_KINDS, *("replan " + one for one in CHANGE_KINDS)])
    changes = kind.startswith("replan ")
    wanted = random.choice(PLAN_KINDS) if changes else kind
    return Case(name, policy, kind, make_exam(random, policy, wanted), changes)


def make_exam(random, policy, kind):
    all_of_it = kind == "everything"
    package = Package()
    package.exam = {"code": "t", "name_ko": "시험", "name_en": "Exam", "exam_on": "2027-06-12", "time_zone": "Asia/Seoul",
                    "applicant_number": {"digits": 6}}
    people = random.choice((random.randint(11, 25), random.randint(20, 50), random.randint(40, 100)))
    add_units(random, package)
    add_venues(random, package, kind)
    add_people(random, package, people, kind)
    add_rooms(random, package, people)
    rules = package.policy = {"mixing": policy, "travel": "table", "weights": {}, "reserve_rooms": {}}
    if random.random() < 0.15:
        rules["travel"] = "haversine"
    if kind in ("weights", "opening") or all_of_it and random.random() < 0.7:
        rules["weights"] = {"travel": random.choice((1, 1, 1, 1, 2, 0)), "room": random.choice((0, 0, 500, 3000, 20000)),
                            "unit_at_venue": random.choice((0, 0, 400, 2000, 15000)),
                            "venue": random.choice((0, 0, 1000, 30000))}
    if kind == "opening" or all_of_it and random.random() < 0.4:
        for venue in package.venues:
            venue["opening_cost"] = str(random.choice((0, random.randint(1, 5000), random.randint(5000, 80000))))
    if kind == "detour" or all_of_it and random.random() < 0.5:
        rules["detour_cap_m"] = random.choice((0, 0, random.randint(1, 1500), random.randint(1000, 6000)))
    if kind == "reserve" or all_of_it and random.random() < 0.5:
        rules["reserve_rooms"] = random.choice(({"per_venue": 1}, {"per_district": 1}, {"per_venue": 1, "per_district": 1},
                                                {"per_district": 2}, {"per_venue": 1, "per_district": 3}))
    if random.random() < 0.1:
        rules["people_cap"] = random.randint(4, 12)
    if random.random() < 0.08:
        rules["min_gap_cm"] = 120
    add_travel(random, package, 0.45 if kind == "sparse" else 0.08)
    return package


def add_units(random, package):
    durations = random.choice(((100,), (100,), (100, 100, 60), (60, 100, 140)))
    for number in range(random.choice((1, 2, 2, 3, 4, 6))):
        package.units.append({
            "unit_code": f"U{number}", "series_ko": random.choice("가나다"), "series_en": "General",
            "quota_group": "general", "grade": random.choice(("9", "9", "9", "7")), "posts": "1",
            "duration_min": str(random.choice(durations)), "subject_set": ""})


def add_venues(random, package, kind):
    count = random.randint(2, 5)
    special = []
    if kind in ("routing", "everything"):
        special.append("isolation")
    if kind in ("accommodations", "everything") and random.random() < 0.5:
        special.append("accommodation")
    special = special[:count - 1]
    for number in range(count):
        at = number - (count - len(special))
        package.venues.append({
            "venue_code": f"V{number}", "name": "학교", "district_code": random.choice(DISTRICTS[:2 if count < 4 else 3]),
            "address": "", "lat": f"{37.4 + 0.001 * random.randrange(200):.3f}",
            "lon": f"{126.9 + 0.001 * random.randrange(200):.3f}", "kind": special[at] if at >= 0 else "regular",
            "opening_cost": "0", "merged_into": ""})


def add_people(random, package, count, kind):
    often = {"accommodations": 0.25, "everything": 0.12}.get(kind, random.choice((0, 0, 0.05)))
    granted = random.sample(ACCOMMODATIONS, random.randint(1, 3))  # more would want a room each
    routed = {"routing": 0.15, "reserve": 0.08, "everything": 0.08}.get(kind, 0)
    origins = random.randint(2, 8)
    spread = random.choice((1, 3))  # units of one size, or of very different sizes
    shares = [random.random() ** spread + 0.02 for _ in package.units]
    for number in range(count):
        routing = ""
        if random.random() < routed:
            routing = {"routing": "isolation", "reserve": "reserve"}.get(kind) or random.choice(("isolation", "reserve"))
        package.applicants.append({
            "applicant_id": f"A{number:03}", "unit_code": random.choices(package.units, shares)[0]["unit_code"],
            "name": "김가람", "birth_on": "1999-01-02", "sex": "F", "lat": f"{37.4 + 0.01 * random.randrange(20):.2f}",
            "lon": f"{126.9 + 0.01 * random.randrange(20):.2f}", "district_code": "11110",
            "accommodation": random.choice(granted) if random.random() < often else "", "keep_apart": "",
            "origin": f"O{random.randrange(origins)}", "electives": "", "photo": "", "routing": routing})


def add_rooms(random, package, people):
    """Up to twelve rooms with seats for a little more than everybody."""
    venues = [venue["venue_code"] for venue in package.venues]
    count = max(len(venues), random.randint(min(10, 2 + len(package.units)), 12))
    places = venues + [random.choice(venues) for _ in range(count - len(venues))]
    mean = people * random.uniform(1.05, 1.7) / count
    equal = random.random() < 0.3
    numbers = {}
    for venue in places:
        numbers[venue] = numbers.get(venue, 0) + random.choice((1, 1, 1, 2))
        size = max(1, round(mean if equal else mean * random.uniform(0.3, 1.7)))
        package.rooms.append(room(venue, numbers[venue], size, "accessible" if random.random() < 0.35 else "",
                                  random.choice(("exam",) * 12 + ("reserve", "separate")),
                                  str(max(1, size - random.randint(0, 2))) if random.random() < 0.1 else ""))


def room(venue, number, size, features, use, cap=""):
    rows = 2 if size % 2 == 0 and size > 8 else 1
    return {"venue_code": venue, "room_no": str(number), "building": "", "floor": "", "row_count": str(rows),
            "column_count": str(size // rows), "row_pitch_cm": "100", "column_pitch_cm": "100", "blocked": "",
            "people_cap": cap, "features": features, "use": use}


def add_travel(random, package, missing):
    kinds = {venue["venue_code"]: venue["kind"] for venue in package.venues}
    for origin in sorted({row["origin"] for row in package.applicants}):
        far = {code: random.randint(10, 10000) for code in kinds}
        here = [code for code in far if kinds[code] != "regular" or random.random() >= missing]
        if not any(kinds[code] == "regular" for code in here):
            here.append(random.choice([code for code in far if kinds[code] == "regular"]))
        package.travel.extend({"origin": origin, "venue_code": code, "metres": str(far[code])} for code in here)


# Changes of a published exam.


def change_exam(random, kind, exam, placements):
    """A changed copy of the exam; placements: of the published plan."""
    changed = exam.copy()
    steps = {"cap": [cut_cap], "room_lost": [lose_room], "venue_lost": [lose_venue],
             "late_accommodation": [grant_late], "pins": [random.choice((cut_cap, lose_room, grant_late)), pin],
             "people": [add_and_withdraw], "routed": [route], "desks": [change_desks], "merged": [merge], "unchanged": [],
             "everything": random.sample((cut_cap, lose_room, grant_late, add_and_withdraw, route, change_desks,
                                          more_reserve), 2)}[kind]
    for step in steps:
        step(random, changed, placements)
    if steps and random.random() < 0.6:
        for _ in range(random.randint(1, 2)):
            add_room(random, changed)
    limit_far_moves(kind, changed, placements)
    return changed


def limit_far_moves(kind, package, placements):
    """Every third change has a limit on how much farther people are moved. Drawn by itself, from the published plan, so
    that every other draw of a case stays what it was."""
    chance = Random(f"{kind} {sorted((row['applicant_id'], row['venue_code'], row['seat_no']) for row in placements)}")
    if chance.random() < 1 / 3:
        package.policy["moved_farther_m"] = chance.choice((0, chance.randint(1, 2000), chance.randint(1000, 6000)))


def add_room(random, package):
    """One more room for whoever finds none: of any venue, mostly accessible, as large as another."""
    venue = random.choice(package.venues)["venue_code"]
    like = random.choice(package.rooms)
    number = max([0, *(int(row["room_no"]) for row in package.rooms if row["venue_code"] == venue)]) + 1
    package.rooms.append(dict(like, venue_code=venue, room_no=str(number), use="exam",
                              features="accessible" if random.random() < 0.6 else ""))


def cut_cap(random, package, _):
    sizes = [int(row["row_count"]) * int(row["column_count"]) for row in package.rooms]
    if random.random() < 0.4:
        package.policy["people_cap"] = max(1, max(sizes) - random.randint(1, 3))
        return
    for row, size in random.sample(list(zip(package.rooms, sizes)), min(len(sizes), random.randint(1, 3))):
        row["people_cap"] = str(max(1, size - random.randint(1, 4)))


def lose_room(random, package, _):
    if len(package.rooms) > 1:
        package.rooms.remove(random.choice(package.rooms))


def lose_venue(random, package, _):
    lost = random.choice(package.venues)["venue_code"]
    if len(package.venues) > 1 and any(row["venue_code"] != lost for row in package.rooms):
        package.tables["venues"] = [row for row in package.venues if row["venue_code"] != lost]
        package.tables["travel"] = [row for row in package.travel if row["venue_code"] != lost]
        package.tables["rooms"] = [row for row in package.rooms if row["venue_code"] != lost]
        kept = package.venues[0]["venue_code"]
        for _ in range(random.randint(0, 3)):
            like = random.choice(package.rooms)
            number = max([0, *(int(row["room_no"]) for row in package.rooms if row["venue_code"] == kept)]) + 1
            package.rooms.append(dict(like, venue_code=kept, room_no=str(number)))


def grant_late(random, package, _):
    for row in random.sample(package.applicants, random.randint(1, 3)):
        if not row["accommodation"]:
            row["accommodation"] = random.choice(ACCOMMODATIONS)


def pin(random, package, placements):
    for placed in random.sample(placements, min(len(placements), random.randint(1, 3))):
        kind = random.choice(("person", "person", "room", "venue"))
        known = {"person": any(row["applicant_id"] == placed["applicant_id"] for row in package.applicants),
                 "room": any((row["venue_code"], row["room_no"]) == (placed["venue_code"], placed["room_no"])
                             for row in package.rooms),
                 "venue": any(row["venue_code"] == placed["venue_code"] for row in package.venues)}
        row = {"kind": kind, "applicant_id": placed["applicant_id"] if kind == "person" else "",
               "venue_code": placed["venue_code"] if kind != "person" else "",
               "room_no": placed["room_no"] if kind == "room" else ""}
        if kind == "person" and known["room"] and random.random() < 0.5:
            row |= {"venue_code": placed["venue_code"], "room_no": placed["room_no"]}
        if known[kind] and row not in package.pins and not any(
                kind == "person" and other["applicant_id"] == row["applicant_id"] for other in package.pins):
            package.pins.append(row)


def add_and_withdraw(random, package, _):
    people = package.applicants
    if len(people) > 12 and random.random() < 0.7:
        gone = random.sample(range(len(people)), random.randint(1, len(people) // 4))
        package.tables["applicants"] = people = [row for at, row in enumerate(people) if at not in gone]
    for number in range(random.randint(0, 6)):
        people.append(dict(random.choice(people), applicant_id=f"B{number:03}"))


def merge(random, package, _):
    """A venue closes; another one takes over, with as many more rooms."""
    closed, into = random.sample(package.venues, 2)
    if closed["kind"] != "regular" or into["kind"] != "regular":
        return
    closed["merged_into"] = into["venue_code"]
    last = max([0, *(int(row["room_no"]) for row in package.rooms if row["venue_code"] == into["venue_code"])])
    moved = [row for row in package.rooms if row["venue_code"] == closed["venue_code"]]
    for number, row in enumerate(moved[:random.randint(0, len(moved))], last + 1):
        package.rooms.append(dict(row, venue_code=into["venue_code"], room_no=str(number)))


def route(random, package, _):
    kinds = {venue["kind"] for venue in package.venues}
    for row in random.sample(package.applicants, random.randint(1, 2)):
        row["routing"] = "isolation" if "isolation" in kinds and random.random() < 0.6 else "reserve"
    if "isolation" not in kinds and not any(row["use"] == "reserve" for row in package.rooms):
        package.policy["reserve_rooms"] = {"per_venue": 1}


def more_reserve(random, package, _):
    package.policy["reserve_rooms"] = random.choice(({"per_venue": 1}, {"per_district": 1}, {"per_district": 2}))


def change_desks(random, package, _):
    """Desks are blocked, rooms shrink, or desks in use must stand farther apart."""
    for row in random.sample(package.rooms, min(len(package.rooms), random.randint(1, 3))):
        if random.random() < 0.5:
            desk = f"{random.randint(1, int(row['row_count']))}-{random.randint(1, int(row['column_count']))}"
            row["blocked"] = ";".join(sorted({desk, *filter(None, row["blocked"].split(";"))}))
        elif int(row["column_count"]) > 1:
            row["column_count"] = str(int(row["column_count"]) - 1)
            row["blocked"] = ""
    if random.random() < 0.35:
        package.policy["min_gap_cm"] = 120
        for row in package.rooms:
            row["column_count"] = str(int(int(row["column_count"]) * random.choice((1, 1.5))))
