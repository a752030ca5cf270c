"""The best plan of a tiny exam by trying every way to put people into rooms: an oracle for the oracle.

It shares with the integer program only rules.Problem (travel, desks, capacities) and reads the rules about company, set
aside rooms and sums again, for a whole plan at a time.
"""
from itertools import combinations, product


def rooms_of_one(problem, person):
    return [number for number, room in enumerate(problem.rooms) if problem.admits(room, person)]


def is_sound(problem, people_in):
    """Whether a whole plan keeps the rules; people_in: {room: list of people}."""
    shared = set()
    for number, people in people_in.items():
        room = problem.rooms[number]
        if len(people) > room.capacity or len({person.apart for person in people}) > 1:
            return False
        if len({(problem.units[person.unit].duration, person.multiplier) for person in people}) > 1:
            return False
        if any(person.routing == "reserve" for person in people) and \
                any(person.routing != "reserve" for person in people):
            return False
        units = {person.unit for person in people}
        if len(units) == 1 or all(person.multiplier > 10 or person.apart for person in people):
            continue
        if problem.mixing == "never":
            return False
        if problem.mixing == "same_series" and len({problem.units[unit].series for unit in units}) > 1:
            return False
        if problem.mixing == "leftover":
            if any((room.venue, unit) in shared for unit in units):
                return False
            shared |= {(room.venue, unit) for unit in units}
    return keeps_rooms_aside(problem, people_in)


def keeps_rooms_aside(problem, people_in):
    if problem.per_venue <= 0 and problem.per_district <= 0:
        return True
    districts = {}
    for number, venue in enumerate(problem.venues):
        if venue.kind != "regular":
            continue
        rooms = [room for room in venue.rooms if problem.rooms[room].use == "exam"]
        free = sum(all(person.routing == "reserve" for person in people_in.get(room, [])) for room in rooms)
        used = sum(any(person.routing == "reserve" for person in people_in.get(room, [])) for room in rooms)
        if free < min(problem.per_venue, len(rooms)):
            return False
        sums = districts.setdefault(venue.district, [0, 0, 0])
        for at, value in enumerate((len(rooms), free, max(0, used - problem.per_venue))):
            sums[at] += value
    return all(free >= min(problem.per_district, rooms) and beyond <= min(problem.per_district, rooms)
               for rooms, free, beyond in districts.values())


def cost_of(problem, people_in, old=None):
    weights = problem.weights
    over = travel = 0
    pairs, venues = set(), set()
    for number, people in people_in.items():
        venue = problem.rooms[number].venue
        venues.add(venue)
        for person in people:
            pairs.add((venue, person.unit))
            if old is not None and went_along(problem, person, venue, old):
                continue
            travel += person.metres[venue]
            if problem.detour_cap is not None and person.nearest is not None:
                over += person.metres[venue] - person.nearest > problem.detour_cap
    return over, (weights["travel"] * travel + weights["room"] * len(people_in)
                  + weights["unit_at_venue"] * len(pairs)
                  + sum(weights["venue"] + problem.venues[venue].opening_cost for venue in venues))


def went_along(problem, person, venue, old):
    """Whether the person's venue was merged into this one."""
    row = old.get(person.id)
    code = problem.venues[venue].code
    return row is not None and any(
        other.code == row["venue_code"] and other.merged_into == code for other in problem.venues)


def seats_changed(room, people, old):
    """The fewest people who stay in the room and change the seat: every set of desks is tried."""
    wish = [int(old[person.id]["seat_no"]) for person in people if person.id in old]
    clashes = set(room.clashes)
    best = len(wish)
    for desks in combinations(range(len(room.desks)), len(people)):
        if any(pair in clashes for pair in combinations(desks, 2)):
            continue
        best = min(best, sum(seat - 1 not in desks for seat in wish))
    return best


def weight_of(problem, people_in, old):
    """Weighted changes of a plan; the seats of a room are chosen as well as they can be."""
    weights, total = problem.change_weights, 0
    for number, people in people_in.items():
        room = problem.rooms[number]
        stays = {}
        for person in people:
            row = old.get(person.id)
            if row is None:
                continue
            if row["venue_code"] != problem.venues[room.venue].code:
                total += weights["venue"]
            elif int(row["room_no"]) != room.number:
                total += weights["room"]
            else:
                stays[person.id] = row
        if stays:
            total += weights["seat"] * seats_changed(room, people, stays)
    return total


def far_of(problem, people_in, old):
    """People in another venue than before whose way is longer by more than the limit."""
    if problem.moved_farther is None:
        return 0
    count = 0
    for number, people in people_in.items():
        venue = problem.rooms[number].venue
        for person in people:
            before = old.get(person.id)
            if before is not None and before["venue_code"] != problem.venues[venue].code:
                count += person.metres[venue] > int(before["travel_m"]) + problem.moved_farther
    return count


def best_by_trying(problem, old=None):
    """(weighted changes and people moved too far if `old` is given, people over the cap, objective) of the best plan; None if there is none."""
    places = []
    for person in problem.people:
        own = rooms_of_one(problem, person)
        if old is not None:
            own = [room for room in own if may_move(problem, person, room, old)]
        places.append(own)
    best = None
    for choice in product(*places):
        people_in = {}
        for person, room in zip(problem.people, choice):
            people_in.setdefault(room, []).append(person)
        if not is_sound(problem, people_in):
            continue
        cost = cost_of(problem, people_in, old)
        if old is not None:
            cost = weight_of(problem, people_in, old), far_of(problem, people_in, old), *cost
        if best is None or cost < best:
            best = cost
    return best


def may_move(problem, person, room, old):
    """Whether closed venues and pins let the person into the room."""
    about = problem.rooms[room]
    if problem.venues[about.venue].closed:
        return False
    row = old.get(person.id)
    if row is None:
        return True
    here = row["venue_code"] == problem.venues[about.venue].code and int(row["room_no"]) == about.number
    for pin in problem.pins:
        names = {"person": pin["applicant_id"] == person.id,
                 "room": (pin["venue_code"], pin["room_no"]) == (row["venue_code"], row["room_no"]),
                 "venue": pin["venue_code"] == row["venue_code"]}
        if names[pin["kind"]] and not here:
            return False
    return True
