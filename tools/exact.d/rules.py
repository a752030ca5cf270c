"""The contract's rules about rooms, people and travel, read a third time: the planner and `hanjari verify` have their own."""
import math
from dataclasses import dataclass, field
from functools import lru_cache

MULTIPLIERS = {"extra_time_1.2": 12, "extra_time_1.5": 15, "extra_time_1.7": 17}
EARTH_RADIUS_M = 6371008.8


@dataclass
class Unit:
    code: str
    series: tuple  # equal for units of the same series
    duration: int


@dataclass
class Venue:
    code: str
    district: str
    kind: str
    at: tuple
    opening_cost: int
    merged_into: str  # code of the venue that takes over in a change; empty
    rooms: list = field(default_factory=list)

    @property
    def closed(self):
        return bool(self.merged_into)


@dataclass
class Room:
    venue: int
    number: int
    desks: list  # unblocked desks (row, column) by seat number, the first has number 1
    capacity: int
    accessible: bool
    use: str
    clashes: list  # pairs of desks, by position in `desks`, that stand too near to each other


@dataclass
class Person:
    id: str
    unit: int
    multiplier: int  # in tenths
    wheelchair: bool
    apart: bool  # separate_room or scribe
    assisted: bool  # any accommodation
    routing: str
    metres: tuple  # by venue; None where the person cannot go
    nearest: int | None

    def may_mix(self):
        """Rooms of such people only may mix units whatever the policy says."""
        return self.multiplier > 10 or self.apart


def seat_order(rows, columns, blocked, order, origin):
    """The unblocked desks of a room in the order of their seat numbers."""
    down = list(range(1, rows + 1))
    across = list(range(1, columns + 1))
    if origin.startswith("back"):
        down.reverse()
    if origin.endswith("right"):
        across.reverse()
    by_row = order.startswith("row")
    outer, inner = (down, across) if by_row else (across, down)
    desks = []
    for number, line in enumerate(outer):
        turned = order.endswith("serpentine") and number % 2 == 1
        for place in reversed(inner) if turned else inner:
            desks.append((line, place) if by_row else (place, line))
    return [desk for desk in desks if desk not in blocked]


def largest_spread(count, clashes):
    """The largest set of desks no two of which clash, as sorted positions: branch on a desk with the most clashes."""
    near = [0] * count
    for a, b in clashes:
        near[a] |= 1 << b
        near[b] |= 1 << a

    @lru_cache(maxsize=None)
    def best(left):
        if left == 0:
            return 0
        desk = max((i for i in range(count) if left >> i & 1), key=lambda i: (near[i] & left).bit_count())
        degree = (near[desk] & left).bit_count()
        if degree == 0:
            return left
        if degree == 1:
            return best(left & ~(1 << desk) & ~near[desk]) | 1 << desk
        with_desk = best(left & ~(1 << desk) & ~near[desk]) | 1 << desk
        without = best(left & ~(1 << desk))
        return with_desk if with_desk.bit_count() >= without.bit_count() else without

    chosen = best((1 << count) - 1)
    return [i for i in range(count) if chosen >> i & 1]


def haversine(home, venue):
    phi_1, phi_2 = math.radians(home[0]), math.radians(venue[0])
    a = (math.sin((phi_2 - phi_1) / 2) ** 2
         + math.cos(phi_1) * math.cos(phi_2) * math.sin(math.radians(venue[1] - home[1]) / 2) ** 2)
    return math.floor(2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(a))) + 0.5)


class Problem:
    """An exam package as the rules see it: units, venues, rooms and people with numbers instead of codes."""

    def __init__(self, package):
        policy = package.policy
        self.policy = policy
        self.mixing = policy.get("mixing", "never")
        weights = policy.get("weights", {})
        self.weights = {name: weights.get(name, 1 if name == "travel" else 0)
                        for name in ("travel", "room", "unit_at_venue", "venue")}
        change = policy.get("change_weights", {})
        self.change_weights = {"venue": 400, "room": 20, "seat": 1} | change
        self.detour_cap = policy.get("detour_cap_m")
        self.moved_farther = policy.get("moved_farther_m")
        reserve = policy.get("reserve_rooms", {})
        self.per_venue = reserve.get("per_venue", 0)
        self.per_district = reserve.get("per_district", 0)
        self.number_format = {"prefix": "unit_code", "digits": 5} | package.exam.get("applicant_number", {})
        self.units = [Unit(row["unit_code"], (row["series_ko"], row["grade"]), int(row["duration_min"]))
                      for row in package.units]
        self.unit_of = {unit.code: number for number, unit in enumerate(self.units)}
        self.venues = [Venue(row["venue_code"], row["district_code"], row["kind"], (float(row["lat"]), float(row["lon"])),
                             int(row.get("opening_cost") or 0), row.get("merged_into") or "") for row in package.venues]
        self.venue_of = {venue.code: number for number, venue in enumerate(self.venues)}
        self.rooms = []
        self.room_of = {}
        for row in package.rooms:
            self._add_room(row)
        self._read_people(package)
        self.pins = package.pins

    def _add_room(self, row):
        policy = self.policy
        blocked = {tuple(int(part) for part in desk.split("-")) for desk in row["blocked"].split(";") if desk}
        desks = seat_order(int(row["row_count"]), int(row["column_count"]), blocked,
                           policy.get("seat_order", "column_down"), policy.get("seat_origin", "front_left"))
        gap = policy.get("min_gap_cm", 0)
        clashes = []
        for a, (row_a, column_a) in enumerate(desks):
            for b in range(a):
                across = (column_a - desks[b][1]) * int(row["column_pitch_cm"])
                along = (row_a - desks[b][0]) * int(row["row_pitch_cm"])
                if across * across + along * along < gap * gap:
                    clashes.append((b, a))
        caps = [int(cap) for cap in (policy.get("people_cap"), row["people_cap"] or None) if cap is not None]
        capacity = min([len(largest_spread(len(desks), clashes)) if clashes else len(desks), *caps])
        venue = self.venue_of[row["venue_code"]]
        self.room_of[venue, int(row["room_no"])] = len(self.rooms)
        self.venues[venue].rooms.append(len(self.rooms))
        self.rooms.append(Room(venue, int(row["room_no"]), desks, capacity, "accessible" in row["features"].split(";"),
                               row["use"], clashes))

    def _read_people(self, package):
        table = {}
        if package.policy.get("travel", "haversine") == "table":
            for row in package.travel:
                table.setdefault(row["origin"], {})[self.venue_of[row["venue_code"]]] = int(row["metres"])
        near = [number for number, venue in enumerate(self.venues)
                if venue.kind == "regular" and any(self.rooms[room].use == "exam" for room in venue.rooms)]
        known = {}
        self.people = []
        for row in package.applicants:
            origin = row.get("origin", "")
            place = (origin,) if origin and origin in table else (float(row["lat"]), float(row["lon"]))
            if place not in known:
                if len(place) == 1:
                    metres = tuple(table[origin].get(number) for number in range(len(self.venues)))
                else:
                    metres = tuple(haversine(place, venue.at) for venue in self.venues)
                known[place] = metres, min((metres[v] for v in near if metres[v] is not None), default=None)
            granted = [word for word in row["accommodation"].split(";") if word]
            multiplier = next((MULTIPLIERS[word] for word in granted if word in MULTIPLIERS), 10)
            self.people.append(Person(row["applicant_id"], self.unit_of[row["unit_code"]], multiplier,
                                      "wheelchair" in granted, "separate_room" in granted or "scribe" in granted,
                                      bool(granted), row.get("routing", ""), *known[place]))

    def may_be_set_aside(self, room):
        return room.use == "exam" and self.venues[room.venue].kind == "regular"

    def admits(self, room, person):
        """Whether the person may sit in the room, whoever else is there."""
        kind = self.venues[room.venue].kind
        reserve = person.routing == "reserve"
        if person.metres[room.venue] is None or (person.wheelchair and not room.accessible):
            return False
        if (kind == "isolation") != (person.routing == "isolation"):
            return False
        if room.use == "reserve" and not reserve:
            return False
        if reserve and room.use != "reserve":
            if not (self.may_be_set_aside(room) and (self.per_venue > 0 or self.per_district > 0)):
                return False
        return person.assisted or not (room.use == "separate" or kind == "accommodation")

    def company(self, person):
        """People of a room have equal values of this; under `leftover` those who differ only in the unit may share one
        room a venue."""
        unit = self.units[person.unit]
        if person.may_mix() or self.mixing == "free":
            mix = None
        elif self.mixing == "same_series":
            mix = unit.series
        else:
            mix = person.unit
        return person.routing, unit.duration, person.multiplier, person.apart, mix

    def goes_along(self, old_venue, venue):
        """Whether a venue was merged into another: in a change its people go there with the others, at no travel and
        under the cap. old_venue: code, as the published plan has it."""
        old = self.venue_of.get(old_venue)
        return old is not None and self.venues[old].merged_into == self.venues[venue].code

    def goes_farther(self, row, person, venue):
        """Whether somebody who stood in this row of the published plan travels too much farther to another venue."""
        return (self.moved_farther is not None and row["venue_code"] != self.venues[venue].code
                and person.metres[venue] - int(row["travel_m"]) > self.moved_farther)

    def is_over_cap(self, person, venue):
        return (self.detour_cap is not None and person.nearest is not None
                and person.metres[venue] - person.nearest > self.detour_cap)
