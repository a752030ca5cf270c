"""Makes a failing case small: what can be left out without losing the failure is left out."""


def pieces(count):
    """Ranges of a list to leave out: halves, quarters, ..., single entries, from the end."""
    size = count // 2
    while size >= 1:
        for first in range(count - size, -1, -size):
            yield first, first + size
        size //= 2


class Shrinker:
    """fails(package, placements or None) says whether the failure is still there; at most so many tries are made."""

    def __init__(self, fails, tries):
        self.fails = fails
        self.tries = tries

    def shrink(self, package, old=None):
        """The smallest package and placements found."""
        before = None
        while self.tries > 0 and before != self._size(package, old):
            before = self._size(package, old)
            for name in ("applicants", "rooms", "pins"):
                package, old = self._shorten(package, old, name)
            package = self._drop_venues(package, old)
            package, old = self._plain_values(package, old)
        return package, old

    @staticmethod
    def _size(package, old):
        filled = sum(1 for rows in package.tables.values() for row in rows for value in row.values() if value)
        return filled, len(str(package.policy)), len(old or [])

    def _try(self, package, old):
        if self.tries <= 0 or not package.applicants or not package.rooms:
            return False
        self.tries -= 1
        return self.fails(package, old)

    def _shorten(self, package, old, name):
        found = True
        while found and self.tries > 0:
            found = False
            for first, end in pieces(len(package.tables[name])):
                smaller = package.copy()
                gone = smaller.tables[name][first:end]
                del smaller.tables[name][first:end]
                fewer = old
                if name == "applicants":
                    ids = {row["applicant_id"] for row in gone}
                    fewer = old and [row for row in old if row["applicant_id"] not in ids]
                    smaller.tables["pins"] = [row for row in smaller.pins if row["applicant_id"] not in ids]
                self._drop_unused(smaller)
                if self._try(smaller, fewer):
                    package, old, found = smaller, fewer, True
                    break
        return package, old

    @staticmethod
    def _drop_unused(package):
        """Rows that nothing names any more, and pins of rooms that are gone."""
        units = {row["unit_code"] for row in package.applicants}
        package.tables["units"] = [row for row in package.units if row["unit_code"] in units]
        origins = {row["origin"] for row in package.applicants}
        package.tables["travel"] = [row for row in package.travel if row["origin"] in origins]
        rooms = {(row["venue_code"], row["room_no"]) for row in package.rooms}
        package.tables["pins"] = [row for row in package.pins
                                  if not row["room_no"] or (row["venue_code"], row["room_no"]) in rooms]

    def _drop_venues(self, package, old):
        for venue in list(package.venues):
            code = venue["venue_code"]
            smaller = package.copy()
            for name in ("venues", "rooms", "travel", "pins"):
                smaller.tables[name] = [row for row in smaller.tables[name] if row["venue_code"] != code]
            if smaller.venues and self._try(smaller, old):
                package = smaller
        return package

    def _plain_values(self, package, old):
        """Policy keys, weights and words of people and rooms back to their defaults, one after the other."""
        for key in [key for key in package.policy if key not in ("mixing", "travel")]:
            smaller = package.copy()
            del smaller.policy[key]
            if self._try(smaller, old):
                package = smaller
        for key in list(package.policy.get("weights", {})):
            smaller = package.copy()
            del smaller.policy["weights"][key]
            if self._try(smaller, old):
                package = smaller
        for name, columns in (("applicants", ("accommodation", "routing")),
                              ("rooms", ("features", "people_cap", "blocked")), ("venues", ("opening_cost",))):
            for at in range(len(package.tables[name])):
                for column in columns:
                    plain = "0" if column == "opening_cost" else ""
                    if package.tables[name][at][column] == plain:
                        continue
                    smaller = package.copy()
                    smaller.tables[name][at][column] = plain
                    if self._try(smaller, old):
                        package = smaller
        return package, old
