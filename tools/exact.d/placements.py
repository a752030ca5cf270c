"""From a solution of the integer program to placements.csv, and the figures of placements counted from their rows."""
from rules import largest_spread


def people_by_room(model, values):
    """Who sits in which room: {room: [kinds, one entry a person]}."""
    in_room = {}
    free = {number: list(kind.rooms) for number, kind in enumerate(model.types)}
    for (number, which, time), used in model.shared_used.items():
        if not values[used]:
            continue
        seated = [kind for (kind, n, w), variable in model.shared_seated.items() if (n, w) == (number, which)
                  and model.kinds[kind].company[:-1] == time for _ in range(values[variable])]
        if seated:
            in_room[free[number].pop(0)] = seated
    for number, company in model.used:
        seated = [kind for (kind, n), variable in model.seated.items()
                  if n == number and model.kinds[kind].company == company for _ in range(values[variable])]
        capacity = model.types[number].capacity
        while seated:
            in_room[free[number].pop(0)] = seated[:capacity]
            seated = seated[capacity:]
    return in_room


def seats_of_room(model, values, room, kinds):
    """The position of a desk for everybody of the room, in the order of `kinds`."""
    problem = model.problem
    about = problem.rooms[room]
    number = next(n for n, room_type in enumerate(model.types) if room in room_type.rooms)
    keeps = {}
    if model.types[number].spread:
        allowed = [desk for desk in range(len(about.desks)) if values[model.desks[number, desk]]]
        keeps = {k: model.kinds[k].seat for k in kinds if k in model.kept and values[model.kept[k]]}
    else:
        allowed = largest_spread(len(about.desks), about.clashes) if about.clashes else list(range(len(about.desks)))
    return allowed, keeps


def booklet(desk, count):
    row, column = desk
    if count == 1:
        return "A"
    if count == 2:
        return "A" if (row + column) % 2 == 0 else "B"
    return {(1, 1): "A", (1, 0): "B", (0, 1): "C", (0, 0): "D"}[row % 2, column % 2]


def placements_of(model, values):
    """Rows of placements.csv; who was in the published plan keeps the number."""
    problem, old = model.problem, model.old or {}
    waiting = {kind: list(alike.people) for kind, alike in enumerate(model.kinds)}
    last = {}
    rows = []
    taken_numbers = {row["applicant_number"] for row in old.values()}
    for room, kinds in sorted(people_by_room(model, values).items()):
        about = problem.rooms[room]
        allowed, keeps = seats_of_room(model, values, room, kinds)
        people = [(kind, waiting[kind].pop()) for kind in kinds]
        seats = {}
        for kind, person in people:
            row = old.get(problem.people[person].id)
            if row is None or model.kinds[kind].old_room != room:
                continue
            seat = keeps.get(kind) if keeps or about.clashes else int(row["seat_no"]) - 1
            if seat is not None and seat in allowed:
                seats[person] = seat
        rest = (desk for desk in allowed if desk not in seats.values())
        for _, person in people:
            if person not in seats:
                seats[person] = next(rest)
            rows.append(placement(problem, person, room, seats[person]))
    for row in sorted(rows, key=lambda row: row["applicant_id"]):
        if row["applicant_id"] in old:
            row["applicant_number"] = old[row["applicant_id"]]["applicant_number"]
        else:
            row["applicant_number"] = next_number(problem, row["unit_code"], last, taken_numbers)
    return rows


def placement(problem, person, room, seat):
    about, who = problem.rooms[room], problem.people[person]
    row, column = about.desks[seat]
    return {"applicant_id": who.id, "unit_code": problem.units[who.unit].code,
            "venue_code": problem.venues[about.venue].code, "room_no": str(about.number), "seat_no": str(seat + 1),
            "row": str(row), "column": str(column),
            "booklet": booklet((row, column), problem.policy.get("booklets", 2)),
            "travel_m": str(who.metres[about.venue])}


def next_number(problem, unit, last, taken):
    prefix = unit if problem.number_format["prefix"] == "unit_code" else ""
    while True:
        last[prefix] = last.get(prefix, 0) + 1
        number = f"{prefix}{last[prefix]:0{problem.number_format['digits']}}"
        if number not in taken:
            return number


def figures(problem, rows, old=None):
    """(people over the detour cap, objective) of placements that seat everybody. With `old`, placements by applicant id,
    as plans that change equally much are compared: whoever goes along with a merged venue counts in neither."""
    weights = problem.weights
    people = {person.id: person for person in problem.people}
    travel = over = 0
    rooms, pairs, venues = set(), set(), set()
    for row in rows:
        person, venue = people[row["applicant_id"]], problem.venue_of[row["venue_code"]]
        before = (old or {}).get(row["applicant_id"])
        if before is None or not problem.goes_along(before["venue_code"], venue):
            travel += int(row["travel_m"])
            over += problem.is_over_cap(person, venue)
        rooms.add((venue, row["room_no"]))
        pairs.add((venue, person.unit))
        venues.add(venue)
    total = (weights["travel"] * travel + weights["room"] * len(rooms) + weights["unit_at_venue"] * len(pairs)
             + weights["venue"] * len(venues) + sum(problem.venues[venue].opening_cost for venue in venues))
    return over, total


def moved_too_far(problem, old, rows):
    """People who travel more than the policy's moved_farther_m farther than before; old: placements by applicant id."""
    people = {person.id: person for person in problem.people}
    return sum(row["applicant_id"] in old
               and problem.goes_farther(old[row["applicant_id"]], people[row["applicant_id"]],
                                        problem.venue_of[row["venue_code"]]) for row in rows)


def changes(old, rows):
    """{venue, room, seat: people whose highest change it is}; old: placements by applicant id."""
    counts = {"venue": 0, "room": 0, "seat": 0}
    for row in rows:
        before = old.get(row["applicant_id"])
        if before is None:
            continue
        for what, column in (("venue", "venue_code"), ("room", "room_no"), ("seat", "seat_no")):
            if before[column] != row[column]:
                counts[what] += 1
                break
    return counts


def weighted(counts, weights):
    return sum(weights[what] * count for what, count in counts.items())
