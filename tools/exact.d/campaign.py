"""One campaign: cases of the seeds are judged by several processes, counted by policy and kind, and the failures shrunk."""
import multiprocessing
import os
import random
import shutil
import time
from dataclasses import dataclass, field

from cases import CHANGE_KINDS, PLAN_KINDS, POLICIES, add_room, change_exam, make_case
from judge import FALSE, FAULTS, WEAK, Program, fresh, judge_plan, judge_replan
from oracle import best_change, best_plan
from package import read_placements
from placements import placements_of
from rules import Problem
from shrink import Shrinker

MOST_ROOMS = 16  # about twelve; an exam with many needs gets a few more, or nothing would fit
KINDS = [*PLAN_KINDS, *("replan " + kind for kind in CHANGE_KINDS)]


@dataclass
class Options:
    program: str
    folder: str  # where failures stay
    work: str
    seconds: float = 20  # of CBC for one program
    policies: tuple = POLICIES
    kinds: tuple = tuple(KINDS)
    tries: int = 200  # of one shrinking
    leave: bool = False  # leave the packages of every case in `work`


@dataclass
class Result:
    name: str
    policy: str
    kind: str
    verdict: object
    package: object
    old: list | None
    program_seconds: float
    oracle_seconds: float


def often_feasible(chance, package, solve, impossible=0.2):
    """Most impossible exams get rooms one by one until there is a plan, so that plans are tight; a share stays impossible."""
    answer = solve(package)
    if answer.status != "infeasible" or chance.random() < impossible:
        return answer
    while len(package.rooms) < MOST_ROOMS:
        add_room(chance, package)
        answer = solve(package)
        if answer.status != "infeasible":
            return answer
    return answer


def published_plan(chance, program, package, folder, answer):
    """Placements of the unchanged exam: the program's own plan or, once in three times, the oracle's."""
    if chance.random() < 2 / 3:
        package.write(fresh(f"{folder}/exam"))
        made = program.run("plan", f"{folder}/exam", "--out", fresh(f"{folder}/published"))
        if made.returncode == 0:
            return read_placements(f"{folder}/published")
    shutil.rmtree(f"{folder}/published", ignore_errors=True)
    return placements_of(answer.model, answer.values) if answer.status == "optimal" else None


def run_case(options, name):
    """Makes, runs and judges one case; None where no published plan could be had."""
    chance = random.Random(name)
    case = make_case(chance, name, chance.choice(options.policies), chance.choice(options.kinds))
    program = Program(options.program)
    folder = f"{options.work}/{name.replace('/', '-')}"
    began, own = Program.processor_seconds(), time.process_time()
    answer = often_feasible(chance, case.exam, lambda package: best_plan(Problem(package), options.seconds),
                            0 if case.changes else 0.2)
    old, package = None, case.exam
    if case.changes:
        old = published_plan(chance, program, case.exam, folder, answer)
        if old is None:
            shutil.rmtree(folder, ignore_errors=True)
            return None
        before = {row["applicant_id"]: row for row in old}
        package = change_exam(chance, case.kind.removeprefix("replan "), case.exam, old)
        answer = often_feasible(chance, package,
                                lambda package: best_change(Problem(package), before, options.seconds))
    witness = chance if chance.random() < 0.15 else None
    verdict = judge(program, package, old, folder, options.seconds, answer, witness)
    if not options.leave:
        shutil.rmtree(folder, ignore_errors=True)
    return Result(name, case.policy, case.kind, verdict, package, old, Program.processor_seconds() - began,
                  time.process_time() - own)


def judge(program, package, old, folder, seconds, answer=None, witness=None):
    if old is None:
        return judge_plan(program, package, folder, seconds, answer, witness)
    return judge_replan(program, package, old, folder, seconds, answer)


def shrink_failure(options, finding, result):
    """Shrinks one failure and leaves its folder under the name of the finding."""
    program = Program(options.program)
    name = f"{finding.replace(' ', '-')}-{result.policy}-{result.name.replace('/', '-')}"
    folder = fresh(f"{options.folder}/{name}")

    def fails(package, old):
        try:
            return finding in judge(program, package, old, f"{options.work}/{name}", options.seconds).findings
        except (KeyError, ValueError):
            return False  # the smaller package is not an exam any more

    package, old = Shrinker(fails, options.tries).shrink(result.package, result.old)
    os.makedirs(folder, exist_ok=True)
    verdict = judge(program, package, old, folder, options.seconds)
    with open(f"{folder}/finding.txt", "w", encoding="utf-8") as file:
        file.write(f"case {result.name}: {result.policy}, {result.kind}\n")
        file.writelines(f"{what}: {sentence}\n" for what, sentence in verdict.findings.items())
        file.write("hanjari plan exam --out plan\n" if old is None
                   else "hanjari replan exam --from published --out plan\n")
    shutil.rmtree(f"{options.work}/{name}", ignore_errors=True)
    return name, len(package.applicants), len(package.rooms), verdict.findings.get(finding, "")


class Table:
    """Counts by policy and kind."""
    COLUMNS = ("cases", "equal", "worse", "mean", "worst", "tie", "over cap", "gave up", "none", "unproven", "false",
               "fault", "unknown")

    def __init__(self):
        self.lines = {}
        self.findings = {}
        self.program_seconds = self.oracle_seconds = 0.0
        self.passed_over = 0

    def add(self, result):
        if result is None:
            self.passed_over += 1
            return
        self.program_seconds += result.program_seconds
        self.oracle_seconds += result.oracle_seconds
        for finding in result.verdict.findings:
            self.findings.setdefault(finding, []).append(result)
        for key in ((result.policy, result.kind), (result.policy, "all"),
                    ("all", result.kind), ("all", "all replan" if result.old is not None else "all plan")):
            self.lines.setdefault(key, []).append(result.verdict)

    def line(self, verdicts):
        found = [verdict.findings for verdict in verdicts]
        worse = [verdict.worse for verdict in verdicts if verdict.worse is not None]
        count = {name: sum(name in one for one in found) for name in (*FALSE, *FAULTS, *WEAK)}
        mean = sum(worse) / len(worse) if worse else 0.0
        return (len(verdicts), sum(verdict.equal for verdict in verdicts), count["worse"], f"{mean:.2%}",
                f"{max(worse, default=0):.1%}", count["worse tie"], count["over cap"], count["gave up"],
                sum(verdict.state == "infeasible" for verdict in verdicts), count["unproven"],
                sum(any(name in one for name in FALSE) for one in found),
                sum(any(name in one for name in FAULTS) for one in found),
                sum(verdict.state == "unknown" for verdict in verdicts))

    def print(self):
        print(f"{'policy':<13}{'kind':<27}" + "".join(f"{name:>9}" for name in self.COLUMNS))
        order = {kind: at for at, kind in enumerate([*KINDS, "all", "all plan", "all replan"])}
        policies = {policy: at for at, policy in enumerate([*POLICIES, "all"])}
        for policy, kind in sorted(self.lines, key=lambda key: (policies[key[0]], order[key[1]])):
            print(f"{policy:<13}{kind:<27}" + "".join(f"{value:>9}" for value in self.line(self.lines[policy, kind])))
        for finding, results in sorted(self.findings.items()):
            print(f"{finding}: {len(results)}, such as case {results[0].name}: {results[0].verdict.findings[finding]}")
        print(f"processor seconds: program {self.program_seconds:.0f}, oracle and harness {self.oracle_seconds:.0f}; "
              f"{self.passed_over} cases without a published plan passed over", flush=True)


def untruths(table):
    return sum(len(table.findings.get(name, [])) for name in (*FALSE, *FAULTS))


def run_campaign(options, names, jobs, each, progress):
    """Runs the cases of these names; shrinks the smallest `each` failures of every finding. Returns the table."""
    table = Table()
    os.makedirs(options.folder, exist_ok=True)
    with multiprocessing.Pool(jobs) as pool:
        for done, result in enumerate(pool.imap(Run(options), names), 1):
            table.add(result)
            progress(done, len(names), table)
        table.print()
        chosen = [(finding, result) for finding, results in sorted(table.findings.items())
                  for result in sorted(results, key=lambda one: len(one.package.applicants))[:each]]
        shrunk = pool.starmap(Shrink(options), chosen, chunksize=1)
    for name, people, rooms, sentence in shrunk:
        print(f"shrunk: {options.folder}/{name} ({people} people, {rooms} rooms): {sentence}")
    return table


class Run:
    def __init__(self, options):
        self.options = options

    def __call__(self, name):
        return run_case(self.options, name)


class Shrink(Run):
    def __call__(self, finding, result):
        return shrink_failure(self.options, finding, result)
