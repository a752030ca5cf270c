"""Runs the program on a case and holds what it says against the proven optimum and against `hanjari verify`."""
import json
import os
import resource
import shutil
import subprocess
from dataclasses import dataclass, field

from exam_model import ExamModel
from oracle import best_change, best_plan
from package import read_placements, write_placements
from placements import changes, figures, moved_too_far, placements_of, weighted
from rules import Problem

SECONDS = 240  # the longest a command may take

# What is untrue: the program said it, and it does not hold.
FALSE = ("false infeasible", "false optimal", "bound above", "over-cap bound above", "floor above", "price below",
         "violations", "crash", "false summary")
# What the oracle itself got wrong, or verify.
FAULTS = ("better than optimum", "oracle refused", "feasible although proven infeasible")
# What is true, but not the best.
WEAK = ("gave up", "over cap", "worse", "worse tie", "unproven")


@dataclass
class Verdict:
    """findings: {kind: sentence}; worse: how much dearer than the optimum, as a fraction; None where not compared."""
    state: str  # optimal, infeasible or unknown, as the oracle knows
    findings: dict = field(default_factory=dict)
    worse: float | None = None
    equal: bool = False


class Program:
    """The program under test, and the processor time it has used."""

    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.environment = dict(os.environ, LC_ALL="C")

    def run(self, *words):
        try:
            return subprocess.run([self.path, *words], env=self.environment, capture_output=True, text=True,
                                  check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, -1, "", f"did not end within {SECONDS} s")

    @staticmethod
    def processor_seconds():
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def read_report(folder):
    if not os.path.exists(f"{folder}/report.json"):
        return None
    with open(f"{folder}/report.json", encoding="utf-8") as file:
        return json.load(file)


def ask_verify(program, exam, plan, what, findings, kind):
    made = program.run("verify", exam, plan)
    if made.returncode != 0:
        said = (made.stdout + made.stderr).strip().splitlines()
        findings[kind] = f"verify of {what} exits {made.returncode}: {said[0] if said else ''}"


def write_optimum(folder, answer):
    rows = placements_of(answer.model, answer.values)
    write_placements(fresh(folder), rows)
    return rows


def any_plan(problem, seconds, chance):
    """Placements of some plan that keeps every rule: the one of least random cost; None where none was found."""
    model = ExamModel(problem)
    if model.impossible:
        return None
    outcome = model.program.solve({variable: chance.randint(0, 100) for variable in model.total()}, seconds)
    return placements_of(model, outcome.values) if outcome.values else None


def judge_any_plan(program, problem, folder, seconds, chance, report, answer, findings):
    """Whatever is said holds for every plan, not only for the best: a plan drawn at random is one more witness."""
    rows = any_plan(problem, seconds, chance)
    if rows is None:
        return
    write_placements(fresh(f"{folder}/any"), rows)
    ask_verify(program, f"{folder}/exam", f"{folder}/any", "a plan drawn at random", findings, "oracle refused")
    over, total = figures(problem, rows)
    if answer.status == "infeasible" or answer.status == "optimal" and (over, total) < (answer.over, answer.total):
        findings["better than optimum"] = f"a plan drawn at random costs {over, total}"
    if report["status"] == "infeasible":
        findings["false infeasible"] = f"a plan at {total} was drawn at random"
    bound = report["bound"]["total"] if report.get("bound") else None
    least_over = answer.over if answer.status == "optimal" else 0
    if bound is not None and over <= least_over and bound > total:
        findings["bound above"] = f"bound {bound}, a plan at {total} was drawn at random"


def judge_plan(program, package, folder, seconds, answer=None, chance=None):
    """Plans the exam and judges the plan; the package, the plan and the optimum stay in the folder. With `chance` a plan
    drawn at random is a witness too."""
    problem = Problem(package)
    exam, out, best = f"{folder}/exam", f"{folder}/plan", f"{folder}/optimum"
    package.write(fresh(exam))
    answer = answer or best_plan(problem, seconds)
    verdict = Verdict(answer.status)
    findings = verdict.findings
    if answer.status == "optimal":
        rows = write_optimum(best, answer)
        ask_verify(program, exam, best, "the optimum", findings, "oracle refused")
        if figures(problem, rows) != (answer.over, answer.total):
            findings["oracle refused"] = f"the placements cost {figures(problem, rows)}, not {answer.over, answer.total}"
    made = program.run("plan", exam, "--out", fresh(out))
    report = read_report(out)
    if made.returncode not in (0, 3, 4) or report is None:
        findings["crash"] = f"plan exits {made.returncode}: {made.stderr.strip()[-200:]}"
        return verdict
    judge_status(made.returncode, report, answer, findings)
    if chance is not None:
        judge_any_plan(program, problem, folder, seconds, chance, report, answer, findings)
    if made.returncode != 0:
        return verdict
    ask_verify(program, exam, out, "the plan", findings, "violations")
    own = figures(problem, read_placements(out))
    if own != (report["over_detour_cap"], report["objective"]["total"]):
        findings["false summary"] = f"the placements cost {own}, the report says otherwise"
    if answer.status == "optimal":
        compare_plan(report, own, answer, verdict)
    return verdict


def judge_status(code, report, answer, findings):
    expected = {"optimal": 0, "feasible": 0, "infeasible": 3, "gave_up": 4}.get(report["status"])
    if code != expected:
        findings["false summary"] = f"exit {code} with status {report['status']}"
    if answer.status == "optimal" and code == 3:
        findings["false infeasible"] = f"a plan at {answer.total} exists, {answer.over} people over the cap"
    if answer.status == "optimal" and code == 4:
        findings["gave up"] = f"{report['unseated']} unseated; a plan at {answer.total} exists"
    if answer.status == "infeasible" and code == 4:
        findings["unproven"] = "gave up on an impossible exam without saying so"
    if answer.status == "infeasible" and code == 0 and report["unseated"] == 0:
        findings["feasible although proven infeasible"] = "the oracle says that no plan exists"


def compare_plan(report, own, answer, verdict):
    findings, (over, total) = verdict.findings, own
    bound = report["bound"]["total"] if report.get("bound") else None
    if over < answer.over or over == answer.over and total < answer.total:
        findings["better than optimum"] = f"{own} instead of {answer.over, answer.total}"
    if bound is not None and bound > answer.total:
        findings["bound above"] = f"bound {bound}, a plan at {answer.total} exists"
    least_over = report.get("over_detour_bound")
    if least_over is not None and least_over > answer.over:
        findings["over-cap bound above"] = f"at least {least_over} over the cap, {answer.over} are enough"
    if report["status"] == "optimal" and own != (answer.over, answer.total):
        findings["false optimal"] = f"{own} instead of {answer.over, answer.total}"
    if over > answer.over:
        findings["over cap"] = f"{over} people beyond the cap instead of {answer.over}"
    elif total > answer.total:
        verdict.worse = (total - answer.total) / max(1, answer.total)
        findings["worse"] = f"{total} instead of {answer.total} (+{verdict.worse:.2%})"
    else:
        verdict.equal = True
        verdict.worse = 0.0


def judge_replan(program, package, old, folder, seconds, answer=None):
    """Re-plans the changed exam from the published placements and judges the result."""
    problem = Problem(package)
    exam, published = f"{folder}/exam", f"{folder}/published"
    out, best = f"{folder}/plan", f"{folder}/optimum"
    package.write(fresh(exam))
    if not os.path.exists(f"{published}/placements.csv") or read_placements(published) != old:
        write_placements(fresh(published), old)
    before = {row["applicant_id"]: row for row in old}
    answer = answer or best_change(problem, before, seconds)
    verdict = Verdict(answer.status)
    findings = verdict.findings
    if answer.status == "optimal":
        rows = write_optimum(best, answer)
        ask_verify(program, exam, best, "the optimum", findings, "oracle refused")
        found = (weighted(changes(before, rows), problem.change_weights), moved_too_far(problem, before, rows),
                 *figures(problem, rows, before))
        if found != (answer.weighted, answer.farther, answer.over, answer.total):
            findings["oracle refused"] = \
                f"the placements give {found}, not {answer.weighted, answer.farther, answer.over, answer.total}"
    made = program.run("replan", exam, "--from", published, "--out", fresh(out))
    report = read_report(out)
    if made.returncode not in (0, 3, 4) or report is None:
        findings["crash"] = f"replan exits {made.returncode}: {made.stderr.strip()[-200:]}"
        return verdict
    judge_status(made.returncode, report, answer, findings)
    if made.returncode != 0:
        return verdict
    ask_verify(program, exam, out, "the plan", findings, "violations")
    compare_change(problem, before, read_placements(out), report, answer, verdict, seconds)
    return verdict


def compare_change(problem, before, rows, report, answer, verdict, seconds):
    findings, claimed = verdict.findings, report["change"]
    counts = changes(before, rows)
    own = weighted(counts, problem.change_weights)
    cost = moved_too_far(problem, before, rows), *figures(problem, rows, before)
    if problem.moved_farther is not None and claimed.get("farther") != cost[0]:
        findings["false summary"] = f"{cost[0]} people moved too far, the report says {claimed.get('farther')}"
    if any(counts[what] != claimed[what] for what in counts) or own != claimed["weighted"]:
        findings["false summary"] = f"the placements give {counts}, the report says {claimed}"
    if answer.status != "optimal":
        return
    optimum = placements_of(answer.model, answer.values)
    known = [counts, changes(before, optimum)]
    floors = {"floor_weighted": answer.weighted, "floor_venue": min(one["venue"] for one in known),
              "floor_left_room": min(one["venue"] + one["room"] for one in known)}
    if problem.moved_farther is not None:
        floors["floor_farther"] = answer.farther
    for name, least in floors.items():
        if claimed.get(name, 0) > least:
            findings["floor above"] = f"{name} {claimed[name]}, a plan with {least} exists"
    bound = report["bound"]["total"] if report.get("bound") else None
    plain = min(figures(problem, rows)[1], figures(problem, optimum)[1])
    if bound is not None and problem.detour_cap is None and bound > plain:
        findings["bound above"] = f"bound {bound}, a plan at {plain} exists"
    best = answer.weighted, answer.farther, answer.over, answer.total
    if (own, *cost) < best:
        findings["better than optimum"] = f"{own, *cost} instead of {best}"
    elif own > answer.weighted:
        verdict.worse = (own - answer.weighted) / max(1, answer.weighted)
        findings["worse"] = f"changes weigh {own} instead of {answer.weighted}"
    else:
        verdict.equal, verdict.worse = True, 0.0
        if cost != best[1:]:
            findings["worse tie"] = f"{cost} instead of {best[1:]} with the same changes"
