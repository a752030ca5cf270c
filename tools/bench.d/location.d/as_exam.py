"""A location problem as an exam: a unit of demand is a person, a facility a venue, a unit cost the metres to it."""
import csv
import json
import os
from fractions import Fraction

FARTHEST = 40_000_000  # metres that a travel table may say, with some room
DESKS_OF_A_LINE = 200  # rows and columns that a room may have


def scale_of(instance):
    """How many metres one unit of cost is: the largest power of ten up to a million whose metres still fit."""
    dearest = max((cost for costs in instance.unit_cost for cost in costs.values()), default=Fraction(0))
    scale = 1_000_000
    while scale > 1 and dearest * scale > FARTHEST:
        scale //= 10
    if dearest * scale > FARTHEST:
        raise ValueError("a unit cost is larger than the longest travel")
    return scale


def rounded(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def write(folder, name, columns, rows):
    with open(f"{folder}/{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def rooms_of(venue, capacity, desks):
    """Rooms of so many desks, the last one smaller; desks None: as few rooms as desks allow."""
    largest = desks or DESKS_OF_A_LINE * DESKS_OF_A_LINE
    number = 0
    while capacity > 0:
        number += 1
        people = min(largest, capacity)
        rows = min(DESKS_OF_A_LINE, people)
        yield [venue, number, "", "", rows, -(-people // rows), 100, 100, "", people, "", "exam"]
        capacity -= people


def write_exam(instance, folder, desks):
    """Writes the package and returns the scale. Every rounding of a unit cost is at most half a metre."""
    os.makedirs(folder)
    scale = scale_of(instance)
    everybody = sum(instance.demand)
    with open(f"{folder}/exam.json", "w", encoding="utf-8") as file:
        json.dump({"code": "location", "name_ko": "입지 문제", "name_en": "Location problem", "exam_on": "2027-06-12",
                   "time_zone": "Asia/Seoul", "applicant_number": {"digits": 8}}, file)
    with open(f"{folder}/policy.json", "w", encoding="utf-8") as file:
        json.dump({"mixing": "free", "travel": "table"}, file)
    write(folder, "units", ["unit_code", "series_ko", "series_en", "quota_group", "grade", "posts", "duration_min",
                            "subject_set"], [["1", "입지", "Location", "general", 9, 1, 100, ""]])
    write(folder, "venues", ["venue_code", "name", "district_code", "address", "lat", "lon", "kind", "opening_cost"],
          [[f"V{at}", f"시험장{at}", "1", "", 37.5, 127, "regular", rounded(cost * scale)]
           for at, cost in enumerate(instance.opening)])
    write(folder, "rooms", ["venue_code", "room_no", "building", "floor", "row_count", "column_count", "row_pitch_cm",
                            "column_pitch_cm", "blocked", "people_cap", "features", "use"],
          (room for at, capacity in enumerate(instance.capacity)
           for room in rooms_of(f"V{at}", min(capacity, everybody), desks)))
    write(folder, "travel", ["origin", "venue_code", "metres"],
          ([f"C{customer}", f"V{venue}", rounded(cost * scale)]
           for customer, costs in enumerate(instance.unit_cost) if instance.demand[customer]
           for venue, cost in sorted(costs.items())))
    write(folder, "applicants", ["applicant_id", "unit_code", "name", "birth_on", "sex", "lat", "lon", "district_code",
                                 "accommodation", "keep_apart", "origin"],
          ([f"C{customer}-{unit}", "1", "이름", "1999-01-02", "F", 37.5, 127, "", "", "", f"C{customer}"]
           for customer, demand in enumerate(instance.demand) for unit in range(demand)))
    return scale


def cost_of_plan(instance, folder):
    """The plan's cost in the units of the file, exactly; None where somebody has no seat."""
    opened, total, seated = set(), Fraction(0), 0
    with open(f"{folder}/placements.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            venue = int(row["venue_code"][1:])
            customer = int(row["applicant_id"][1:].split("-")[0])
            opened.add(venue)
            total += instance.unit_cost[customer][venue]
            seated += 1
    if seated != sum(instance.demand):
        return None
    return total + sum(instance.opening[venue] for venue in opened)


def bound_in_units(instance, bound, scale):
    """A bound of the exam as a bound of the file's problem: rounding may have raised every person and every venue by half a
    metre."""
    return (Fraction(bound) - Fraction(sum(instance.demand) + len(instance.opening), 2)) / scale
