"""An exam package in memory, row by row as its files say it, and placements as a plan has them."""
import copy
import csv
import json
import os

TABLES = {
    "units": ["unit_code", "series_ko", "series_en", "quota_group", "grade", "posts", "duration_min", "subject_set"],
    "applicants": ["applicant_id", "unit_code", "name", "birth_on", "sex", "lat", "lon", "district_code",
                   "accommodation", "keep_apart", "origin", "electives", "photo", "routing"],
    "venues": ["venue_code", "name", "district_code", "address", "lat", "lon", "kind", "opening_cost", "merged_into"],
    "rooms": ["venue_code", "room_no", "building", "floor", "row_count", "column_count", "row_pitch_cm",
              "column_pitch_cm", "blocked", "people_cap", "features", "use"],
    "travel": ["origin", "venue_code", "metres"],
    "pins": ["kind", "applicant_id", "venue_code", "room_no"],
}
MAY_BE_ABSENT = ("travel", "pins")
PLACEMENT = ["applicant_id", "applicant_number", "unit_code", "venue_code", "room_no", "seat_no", "row", "column",
             "booklet", "travel_m"]


def read_rows(path):
    """The rows of a CSV file; none where the file is absent."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


class Package:
    """exam.json and policy.json as dictionaries, every table as a list of rows whose values are text."""

    def __init__(self):
        self.exam = {}
        self.policy = {}
        self.tables = {name: [] for name in TABLES}

    def __getattr__(self, name):
        try:
            return self.__dict__["tables"][name]
        except KeyError:
            raise AttributeError(name) from None

    @staticmethod
    def read(folder):
        package = Package()
        for name in ("exam", "policy"):
            with open(f"{folder}/{name}.json", encoding="utf-8") as file:
                setattr(package, name, json.load(file))
        for name in TABLES:
            package.tables[name] = read_rows(f"{folder}/{name}.csv")
        return package

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        for name in ("exam", "policy"):
            with open(f"{folder}/{name}.json", "w", encoding="utf-8") as file:
                json.dump(getattr(self, name), file, ensure_ascii=False, sort_keys=True)
                file.write("\n")
        for name, columns in TABLES.items():
            if self.tables[name] or name not in MAY_BE_ABSENT:
                write_rows(f"{folder}/{name}.csv", columns, self.tables[name])

    def copy(self):
        return copy.deepcopy(self)


def read_placements(folder):
    return read_rows(f"{folder}/placements.csv")


def write_placements(folder, rows):
    os.makedirs(folder, exist_ok=True)
    write_rows(f"{folder}/placements.csv", PLACEMENT, sorted(rows, key=lambda row: row["applicant_id"].encode()))
