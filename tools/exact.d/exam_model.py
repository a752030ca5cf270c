"""The integer program of a whole exam: who sits in which room, under every rule of the contract.

People who are alike in everything that matters form a kind, rooms that are alike form a type; the program counts people
of a kind in rooms of a type and rooms of a type that a company uses. A company is a set of people who may share rooms
with one another and with nobody else. Under `leftover` the rooms that units share are counted one by one beside them.
"""
from dataclasses import dataclass, field

from mip import Program


@dataclass
class Kind:
    """People who are alike: the first one stands for all."""
    people: list
    company: tuple
    old_venue: int | None = None
    old_room: int | None = None
    seat: int | None = None  # position of the old seat in the old room; None where no desk has that number any more
    pinned: bool = False


@dataclass
class RoomType:
    venue: int
    capacity: int
    rooms: list = field(default_factory=list)
    spread: bool = False  # who keeps the seat depends on which desks are taken
    shared: int = 0  # so many of the rooms may be shared by units under `leftover`


class ExamModel:
    """The rows that every plan of the exam satisfies, and the sums that are minimised.

    problem: rules.Problem; old: placements by applicant id when a published plan is changed, else None.
    """

    def __init__(self, problem, old=None):
        self.problem = problem
        self.old = old
        self.program = Program()
        self.impossible = False  # somebody has no room whatever the others do
        self._make_kinds()
        self._make_types()
        self.seated = {}  # (kind, type): people in rooms that are not shared by units
        self.used = {}  # (type, company): rooms
        self.shared_seated = {}  # (kind, type, which shared room)
        self.shared_used = {}  # (type, which shared room, people who may share it)
        self.at_venue = {}  # (unit, venue), where the weights ask for it
        self.open_venue = {}
        self.kept = {}  # kind (one person) whose seat is kept, in rooms whose desks must stand apart
        self.desks = {}  # (type, desk): taken
        self._seat_people()
        if problem.mixing == "leftover":
            self._share_rooms()
        self._seat_everybody()
        self._limit_rooms()
        self._set_rooms_aside()
        self._count_units_at_venues()
        self._keep_seats()

    # People and rooms that are alike.

    def _standing(self, person):
        """Old venue, room, seat and pin of a person."""
        problem = self.problem
        row = (self.old or {}).get(person.id)
        if row is None:
            return None, None, None, False
        venue = problem.venue_of.get(row["venue_code"])
        room = problem.room_of.get((venue, int(row["room_no"])))
        seat = int(row["seat_no"]) - 1
        if room is None or not 0 <= seat < len(problem.rooms[room].desks):
            seat = None
        pinned = any(
            pin["applicant_id"] == person.id if pin["kind"] == "person"
            else problem.venue_of.get(pin["venue_code"]) == venue
            and (pin["kind"] == "venue" or problem.room_of.get((venue, int(pin["room_no"]))) == room)
            for pin in problem.pins)
        return venue if venue is not None else -1, room, seat, pinned

    def _make_kinds(self):
        problem = self.problem
        needs_unit = problem.weights["unit_at_venue"] > 0 or problem.mixing == "leftover"
        found = {}
        for number, person in enumerate(problem.people):
            venue, room, seat, pinned = self._standing(person)
            company = problem.company(person)
            if room is None:
                keeps = None
            elif problem.rooms[room].clashes:
                keeps = seat, number  # everybody of such a room is a kind alone
            else:
                keeps = seat is not None
            row = (self.old or {}).get(person.id)
            travel = int(row["travel_m"]) if row is not None and problem.moved_farther is not None else None
            key = (travel, company, person.unit if needs_unit else None, person.wheelchair, person.assisted, person.metres,
                   person.nearest, venue, room, keeps, pinned)
            found.setdefault(key, Kind([], company, venue, room, seat, pinned)).people.append(number)
        self.kinds = list(found.values())

    def first(self, kind):
        return self.problem.people[self.kinds[kind].people[0]]

    def size(self, kind):
        return len(self.kinds[kind].people)

    def _make_types(self):
        problem = self.problem
        residents = {kind.old_room for kind in self.kinds}
        found = {}
        for number, room in enumerate(problem.rooms):
            alike = number if number in residents else None
            key = room.venue, room.capacity, room.accessible, room.use, alike
            kind = found.setdefault(key, RoomType(room.venue, room.capacity))
            kind.rooms.append(number)
            kind.spread = alike is not None and bool(room.clashes)
        self.types = list(found.values())

    def _admits(self, kind, room_type):
        old, new = self.kinds[kind], self.types[room_type]
        if new.capacity == 0 or (old.pinned and old.old_room not in new.rooms):
            return False
        if self.old is not None and self.problem.venues[new.venue].closed:
            return False
        return self.problem.admits(self.problem.rooms[new.rooms[0]], self.first(kind))

    # Rows.

    def _seat_people(self):
        program = self.program
        inside = {}
        for kind in range(len(self.kinds)):
            for number, room_type in enumerate(self.types):
                if self._admits(kind, number):
                    most = min(self.size(kind), room_type.capacity * len(room_type.rooms))
                    self.seated[kind, number] = program.variable(most)
                    inside.setdefault((number, self.kinds[kind].company), []).append(kind)
        for (number, company), kinds in inside.items():
            room_type = self.types[number]
            people = sum(self.size(kind) for kind in kinds)
            rooms = self.used[number, company] = program.variable(min(len(room_type.rooms), people))
            seated = [(1, self.seated[kind, number]) for kind in kinds]
            program.row([*seated, (-room_type.capacity, rooms)], most=0)
            for kind in kinds:
                if self.size(kind) < room_type.capacity and len(kinds) > 1:
                    program.row([(1, self.seated[kind, number]), (-self.size(kind), rooms)], most=0)

    def _share_rooms(self):
        """Under `leftover` every unit shares at most one room of a venue."""
        program, problem = self.program, self.problem
        by_time = {}  # people who may share a room whatever their units
        for kind, alike in enumerate(self.kinds):
            if not self.first(kind).may_mix():
                by_time.setdefault(alike.company[:-1], []).append(kind)
        by_venue = {}
        for number, room_type in enumerate(self.types):
            by_venue.setdefault(room_type.venue, []).append(number)
        for types in by_venue.values():
            sharing = {}  # by unit: what says that it shares a room of the venue
            possible = {}
            for time, kinds in by_time.items():
                units = {self.first(k).unit for k in kinds if any((k, number) in self.seated for number in types)}
                possible[time] = len(units) // 2
            for number in types:
                self._share_rooms_of(number, by_time, possible, sharing)
            for presences in sharing.values():
                program.row([(1, presence) for presence in presences], most=1)
            for time, most in possible.items():
                shared = [(1, v) for (number, _, t), v in self.shared_used.items() if number in types and t == time]
                if len(shared) > most:
                    program.row(shared, most=most)

    def _share_rooms_of(self, number, by_time, possible, sharing):
        program, room_type = self.program, self.types[number]
        room_type.shared = min(len(room_type.rooms), sum(possible.values()))
        if room_type.capacity < 2:
            room_type.shared = 0
        for which in range(room_type.shared):
            for time, kinds in by_time.items():
                by_unit = {}
                for kind in kinds:
                    if (kind, number) in self.seated:
                        by_unit.setdefault(self.first(kind).unit, []).append(kind)
                if len(by_unit) > 1:
                    self._share_room(number, which, time, by_unit, sharing)
        for which in range(1, room_type.shared):  # of equal rooms the first are shared
            before, now = (
                [(sign, v) for (n, w, _), v in self.shared_used.items() if n == number and w == at]
                for sign, at in ((1, which - 1), (-1, which)))
            program.row(before + now, least=0)

    def _share_room(self, number, which, time, by_unit, sharing):
        program, capacity = self.program, self.types[number].capacity
        used = self.shared_used[number, which, time] = program.variable(1)
        seated, presences = [], []
        for unit, kinds in by_unit.items():
            presence = program.variable(1)
            presences.append((1, presence))
            sharing.setdefault(unit, []).append(presence)
            own = []
            for kind in kinds:
                variable = self.shared_seated[kind, number, which] = program.variable(min(self.size(kind), capacity))
                own.append((1, variable))
            people = sum(self.size(kind) for kind in kinds)
            program.row([*own, (-min(capacity - 1, people), presence)], most=0)
            program.row([(1, presence), (-1, used)], most=0)
            seated += own
        program.row([*seated, (-capacity, used)], most=0)
        program.row([*presences, (-2, used)], least=0)

    def _all_seated(self):
        """(kind, type, variable) of everything that counts people."""
        for (kind, number), variable in self.seated.items():
            yield kind, number, variable
        for (kind, number, _), variable in self.shared_seated.items():
            yield kind, number, variable

    def _all_used(self):
        """(type, routing, variable) of everything that counts rooms."""
        for (number, company), variable in self.used.items():
            yield number, company[0], variable
        for (number, _, time), variable in self.shared_used.items():
            yield number, time[0], variable

    def _seat_everybody(self):
        places = {kind: [] for kind in range(len(self.kinds))}
        for kind, _, variable in self._all_seated():
            places[kind].append((1, variable))
        for kind, terms in places.items():
            self.impossible = self.impossible or not terms
            self.program.row(terms, least=self.size(kind), most=self.size(kind))

    def _limit_rooms(self):
        program, problem = self.program, self.problem
        for number, venue in enumerate(problem.venues):
            if problem.weights["venue"] > 0 or venue.opening_cost > 0:
                self.open_venue[number] = program.variable(1)
        used, people = {}, {}
        for number, _, variable in self._all_used():
            used.setdefault(number, []).append((1, variable))
        for kind, number, variable in self._all_seated():
            people.setdefault((kind, self.types[number].venue), []).append((1, variable))
        for number, terms in used.items():
            count, venue = len(self.types[number].rooms), self.types[number].venue
            if venue in self.open_venue:
                program.row([*terms, (-count, self.open_venue[venue])], most=0)
            else:
                program.row(terms, most=count)
        for (kind, venue), terms in people.items():
            if venue in self.open_venue:
                program.row([*terms, (-self.size(kind), self.open_venue[venue])], most=0)

    def _set_rooms_aside(self):
        """Which exam rooms are set aside for reserve people is part of the choice: so many of every venue and district
        hold nobody else, and reserve people use no more than that."""
        problem, program = self.problem, self.program
        if problem.per_venue <= 0 and problem.per_district <= 0:
            return
        districts = {}
        for venue, about in enumerate(problem.venues):
            if about.kind != "regular":
                continue
            rooms = sum(problem.rooms[room].use == "exam" for room in about.rooms)
            own = [number for number, kind in enumerate(self.types)
                   if kind.venue == venue and problem.rooms[kind.rooms[0]].use == "exam"]
            plain = [(1, v) for number, routing, v in self._all_used() if number in own and routing != "reserve"]
            reserve = [(1, v) for number, routing, v in self._all_used() if number in own and routing == "reserve"]
            program.row(plain, most=rooms - min(problem.per_venue, rooms))
            beyond = program.variable(rooms)
            program.row([*reserve, (-1, beyond)], most=problem.per_venue)
            district = districts.setdefault(about.district, [0, [], []])
            district[0] += rooms
            district[1] += plain
            district[2].append((1, beyond))
        for rooms, plain, beyond in districts.values():
            due = min(problem.per_district, rooms)
            program.row(plain, most=rooms - due)
            program.row(beyond, most=due)

    def _count_units_at_venues(self):
        program, problem = self.program, self.problem
        if problem.weights["unit_at_venue"] == 0:
            return
        there = {}
        for kind, number, variable in self._all_seated():
            unit = self.first(kind).unit
            there.setdefault((unit, number), []).append((kind, variable))
        for (unit, number), seated in there.items():
            room_type = self.types[number]
            key = unit, room_type.venue
            if key not in self.at_venue:
                self.at_venue[key] = program.variable(1)
            people = sum(self.size(kind) for kind in {kind for kind, _ in seated})
            most = min(people, room_type.capacity * len(room_type.rooms))
            program.row([*((1, variable) for _, variable in seated), (-most, self.at_venue[key])], most=0)
            for kind, variable in seated:
                program.row([(1, variable), (-min(self.size(kind), most), self.at_venue[key])], most=0)
        for (number, company), rooms in self.used.items():
            if company[-1] is not None and not isinstance(company[-1], tuple):  # the company is one unit
                key = company[-1], self.types[number].venue
                program.row([(1, rooms), (-len(self.types[number].rooms), self.at_venue[key])], most=0)

    def _keep_seats(self):
        """In old rooms whose desks must stand apart: which desks are taken, and whose seat is among them."""
        program, problem = self.program, self.problem
        for number, room_type in enumerate(self.types):
            if not room_type.spread:
                continue
            room = problem.rooms[room_type.rooms[0]]
            taken = [program.variable(1) for _ in room.desks]
            for a, b in room.clashes:
                program.row([(1, taken[a]), (1, taken[b])], most=1)
            people = [(1, variable) for _, n, variable in self._all_seated() if n == number]
            program.row([*people, *((-1, desk) for desk in taken)], most=0)
            for desk, variable in enumerate(taken):
                self.desks[number, desk] = variable
            for kind, old in enumerate(self.kinds):
                if old.old_room != room_type.rooms[0] or old.seat is None:
                    continue
                stays = [(-1, variable) for k, n, variable in self._all_seated() if (k, n) == (kind, number)]
                if stays:
                    self.kept[kind] = program.variable(1)
                    program.row([(1, self.kept[kind]), *stays], most=0)
                    program.row([(1, self.kept[kind]), (-1, taken[old.seat])], most=0)

    # Sums that are minimised.

    def _goes_along(self, kind, number):
        """Whether people of the kind are in the type's venue because theirs was merged into it."""
        old = self.kinds[kind].old_venue
        return (self.old is not None and old is not None and old >= 0
                and self.problem.goes_along(self.problem.venues[old].code, self.types[number].venue))

    def farther(self):
        """People moved farther than the policy's moved_farther_m."""
        people, old = self.problem.people, self.old or {}
        sum_of = {}
        for kind, number, variable in self._all_seated():
            row = old.get(people[self.kinds[kind].people[0]].id)
            if row is not None and self.problem.goes_farther(row, self.first(kind), self.types[number].venue):
                sum_of[variable] = 1
        return sum_of

    def over_cap(self):
        """People beyond the detour cap."""
        return {variable: 1 for kind, number, variable in self._all_seated()
                if self.problem.is_over_cap(self.first(kind), self.types[number].venue)
                and not self._goes_along(kind, number)}

    def total(self):
        """The objective: travel, rooms, pairs of unit and venue, venues and their opening costs."""
        weights = self.problem.weights
        sum_of = {}
        for kind, number, variable in self._all_seated():
            metres = self.first(kind).metres[self.types[number].venue]
            sum_of[variable] = 0 if self._goes_along(kind, number) else weights["travel"] * metres
        for _, _, variable in self._all_used():
            sum_of[variable] = weights["room"]
        for variable in self.at_venue.values():
            sum_of[variable] = weights["unit_at_venue"]
        for venue, variable in self.open_venue.items():
            sum_of[variable] = weights["venue"] + self.problem.venues[venue].opening_cost
        return sum_of

    def changes(self, weights):
        """Weighted changes of people who were in the published plan: each counts once, by the highest change."""
        sum_of = {}
        for kind, number, variable in self._all_seated():
            old, room_type = self.kinds[kind], self.types[number]
            if old.old_venue is None:
                continue
            if room_type.venue != old.old_venue:
                cost = weights["venue"]
            elif old.old_room not in room_type.rooms:
                cost = weights["room"]
            elif kind in self.kept or old.seat is None:
                cost = weights["seat"]
            else:
                cost = 0
            sum_of[variable] = cost
        for kind, variable in self.kept.items():
            sum_of[variable] = -weights["seat"]
        return sum_of
