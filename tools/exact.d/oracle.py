"""The best plan of an exam, or of a changed exam, by the integer program: proven, or nothing is said."""
from dataclasses import dataclass

from mip import SolverFault
from exam_model import ExamModel


@dataclass
class Answer:
    """status: optimal, infeasible or unknown (not proven in time). The sums are those of the best plan; a sum is None
    where it is not proven."""
    status: str
    over: int | None = None
    total: int | None = None
    weighted: int | None = None
    model: ExamModel | None = None
    values: list | None = None
    farther: int | None = None


class Limit(Exception):
    """The solver did not prove anything in time."""


def solve(model, objective, seconds):
    """An outcome that is proven; raises Limit."""
    try:
        outcome = model.program.solve(objective, seconds)
    except SolverFault:
        # Preprocessing is where CBC loses digits; without it the search is slower and cleaner.
        outcome = model.program.solve(objective, seconds, (("preprocess", "off"),))
    if outcome.status == "limit":
        raise Limit
    return outcome


def minimise_in_turn(model, objectives, seconds):
    """Minimises sums one after the other; each is held at its least while the next is minimised. Returns the least
    values and the last solution, or None where nothing satisfies the rows."""
    if model.impossible:
        return None
    least, values = [], None
    for at, objective in enumerate(objectives):
        if not any(objective.values()) and at + 1 < len(objectives):
            least.append(0)
            continue
        if values is not None and min(objective.values(), default=0) >= 0 and \
                sum(c * values[v] for v, c in objective.items()) == 0:
            least.append(0)
        else:
            outcome = solve(model, objective, seconds)
            if outcome.status == "infeasible":
                return None
            least.append(outcome.value)
            values = outcome.values
        if at + 1 < len(objectives):
            model.program.row([(coefficient, variable) for variable, coefficient in objective.items()], most=least[-1])
    return least, values


def best_plan(problem, seconds):
    """Fewest people over the detour cap first, then the objective."""
    model = ExamModel(problem)
    try:
        found = minimise_in_turn(model, [model.over_cap(), model.total()], seconds)
    except Limit:
        return Answer("unknown")
    if found is None:
        return Answer("infeasible")
    (over, total), values = found
    return Answer("optimal", over, total, None, model, values)


def best_change(problem, old, seconds, weights=None):
    """The least weighted changes of the published placements first, then the fewest people moved too far, then as a plan."""
    model = ExamModel(problem, old)
    try:
        found = minimise_in_turn(
            model, [model.changes(weights or problem.change_weights), model.farther(), model.over_cap(), model.total()],
            seconds)
    except Limit:
        return Answer("unknown")
    if found is None:
        return Answer("infeasible")
    (weighted, farther, over, total), values = found
    return Answer("optimal", over, total, weighted, model, values, farther)
