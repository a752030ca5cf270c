"""Checks of the oracle itself: tiny exams where every plan can be tried, and kept cases whose optimum is known."""
import os
import random

from brute import best_by_trying
from cases import CHANGE_KINDS, PLAN_KINDS, POLICIES, change_exam, make_exam
from oracle import best_change, best_plan
from package import Package, read_placements
from placements import changes, figures, moved_too_far, placements_of, weighted
from rules import Problem


def tiny_exam(chance, policy):
    """Three to six people and two to four rooms of at most eight desks, with everything else an exam can have."""
    package = make_exam(chance, policy, chance.choice(PLAN_KINDS))
    for name, count in (("applicants", chance.randint(3, 6)), ("rooms", chance.randint(2, 4))):
        chance.shuffle(package.tables[name])
        del package.tables[name][count:]
    for room in package.rooms:
        room |= {"row_count": str(chance.choice((1, 1, 2))), "column_count": str(chance.randint(1, 4)), "people_cap": ""}
        if chance.random() < 0.7:
            room["use"] = "exam"
    if policy == "leftover" and chance.random() < 0.6:
        crowd(chance, package)
    return package


def crowd(chance, package):
    """Six people of three units and two or three rooms of three desks in one venue: without sharing twice it is tight, so
    that the rule about shared rooms decides."""
    venue = next(row["venue_code"] for row in package.venues if row["kind"] == "regular")
    origin = chance.choice([row["origin"] for row in package.travel if row["venue_code"] == venue] or [""])
    person, room = package.applicants[0], package.rooms[0]
    package.tables["units"] = [dict(package.units[0], unit_code=f"U{number}") for number in range(3)]
    package.tables["applicants"] = [
        dict(person, applicant_id=f"A{number}", unit_code=f"U{number % 3 if number < 5 else chance.randrange(3)}",
             accommodation="", routing="", origin=origin) for number in range(6)]
    package.tables["rooms"] = [
        dict(room, venue_code=venue, room_no=str(number + 1), use="exam", row_count="1", column_count="3", blocked="")
        for number in range(chance.choice((2, 2, 3)))]
    package.policy["reserve_rooms"] = {}
    for key in ("people_cap", "min_gap_cm"):
        package.policy.pop(key, None)


def answer_of(answer, names):
    return None if answer.status == "infeasible" else tuple(getattr(answer, name) for name in names)


def differences_of_tiny(count, seed, seconds=60):
    """Sentences about every tiny exam whose optimum by CBC is not that of trying every plan, and the number compared."""
    found, compared = [], 0
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        package = tiny_exam(chance, chance.choice(POLICIES))
        problem = Problem(package)
        answer, tried = best_plan(problem, seconds), best_by_trying(problem)
        compared += 1
        if answer_of(answer, ("over", "total")) != tried:
            found.append(f"exam {seed}/{number}: {answer_of(answer, ('over', 'total'))}, trying every plan gives {tried}")
        if tried is None or answer.status != "optimal":
            continue
        rows = placements_of(answer.model, answer.values)
        changed = change_exam(chance, chance.choice(CHANGE_KINDS), package, rows)
        if chance.random() < 0.3:
            changed.policy["change_weights"] = {"venue": chance.choice((400, 30, 5)), "room": chance.choice((20, 1)),
                                                "seat": chance.choice((1, 0, 7))}
        if len(changed.applicants) <= 7 and len(changed.rooms) <= 5:
            compared += 1
            found += difference_of_change(f"{seed}/{number}", changed, rows, seconds)
    return found, compared


def difference_of_change(name, package, rows, seconds):
    problem = Problem(package)
    old = {row["applicant_id"]: row for row in rows}
    answer, tried = best_change(problem, old, seconds), best_by_trying(problem, old)
    sums = answer_of(answer, ("weighted", "farther", "over", "total"))
    if sums != tried:
        return [f"change {name}: {sums}, trying every plan gives {tried}"]
    if tried is None:
        return []
    new = placements_of(answer.model, answer.values)
    written = (weighted(changes(old, new), problem.change_weights), moved_too_far(problem, old, new),
               *figures(problem, new, old))
    return [] if written == sums else [f"change {name}: the placements give {written}, the solution {sums}"]


def optima_of_cases(folder, seconds=60):
    """(case, ours, given) of every kept case: an exam with optimum/placements.csv, or a changed exam with the published
    plan and the best change. Sums are (over the cap, objective) or weighted changes."""
    for case in sorted(os.listdir(folder)):
        here = f"{folder}/{case}"
        if os.path.isdir(f"{here}/exam"):
            problem = Problem(Package.read(f"{here}/exam"))
            given = figures(problem, read_placements(f"{here}/optimum"))
            yield case, answer_of(best_plan(problem, seconds), ("over", "total")), given
        elif os.path.isdir(f"{here}/changed-exam"):
            problem = Problem(Package.read(f"{here}/changed-exam"))
            old = {row["applicant_id"]: row for row in read_placements(f"{here}/old-plan")}
            best = changes(old, read_placements(f"{here}/changed-exam-oracle"))
            yield (case, answer_of(best_change(problem, old, seconds), ("weighted",)),
                   (weighted(best, problem.change_weights),))
