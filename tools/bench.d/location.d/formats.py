"""Reads location and transportation problems in the text formats of the literature."""
import os
from dataclasses import dataclass, field
from fractions import Fraction

FORMATS = ("cap", "holmberg", "delmaire", "dimacs")


class Unreadable(Exception):
    """The file is none of these formats, or means something that an exam cannot say; the text says what to do."""


@dataclass
class Instance:
    """Customers whose demand goes to facilities. Demand and capacity are whole units, each unit becomes one person."""
    name: str
    format: str
    capacity: list
    opening: list  # cost of opening, Fraction
    demand: list
    unit_cost: list = field(default_factory=list)  # by customer: {facility: cost of one unit}
    optimum: Fraction | None = None  # where the file itself has it


def whole(text, what):
    value = Fraction(text)
    if value.denominator != 1 or value < 0:
        raise Unreadable(f"{what} {text} is not a whole number; people cannot be divided")
    return int(value)


class Tokens:
    def __init__(self, words):
        self.words = words
        self.at = 0

    def take(self):
        if self.at >= len(self.words):
            raise Unreadable("the file ends too early; give --format if it was taken for another one")
        self.at += 1
        return self.words[self.at - 1]

    def left(self):
        return len(self.words) - self.at


def shared(cost, demand):
    """The cost of a customer's whole demand, for one unit of it."""
    return Fraction(cost) / demand if demand else Fraction(0)


def read_capacity(word, given):
    """OR-Library's capa, capb and capc have the word `capacity` where the number belongs."""
    if word != "capacity":
        return whole(word, "capacity")
    if given is None:
        raise Unreadable("the file has the word `capacity` for the number; give --capacity N")
    return given


def read_cap(tokens, given):
    """OR-Library: facilities customers; capacity and fixed cost of each facility; each customer's demand and the costs of
    all of it from every facility."""
    facilities, customers = whole(tokens.take(), "count"), whole(tokens.take(), "count")
    capacity, opening, demand, cost = [], [], [], []
    for _ in range(facilities):
        capacity.append(read_capacity(tokens.take(), given))
        opening.append(Fraction(tokens.take()))
    for _ in range(customers):
        demand.append(whole(tokens.take(), "demand"))
        cost.append({f: shared(tokens.take(), demand[-1]) for f in range(facilities)})
    return capacity, opening, demand, cost


def read_holmberg(tokens, given):
    """Holmberg, Yang: facilities customers; capacity and fixed cost of each facility; all demands; then for each facility
    the costs of every customer's whole demand."""
    facilities, customers = whole(tokens.take(), "count"), whole(tokens.take(), "count")
    capacity, opening = [], []
    for _ in range(facilities):
        capacity.append(read_capacity(tokens.take(), given))
        opening.append(Fraction(tokens.take()))
    demand = [whole(tokens.take(), "demand") for _ in range(customers)]
    cost = [{} for _ in range(customers)]
    for facility in range(facilities):
        for customer in range(customers):
            cost[customer][facility] = shared(tokens.take(), demand[customer])
    return capacity, opening, demand, cost


def read_delmaire(tokens, _):
    """Delmaire: customers facilities; for each customer the costs of the whole demand from every facility; demands; fixed
    costs; capacities."""
    customers, facilities = whole(tokens.take(), "count"), whole(tokens.take(), "count")
    rows = [[tokens.take() for _ in range(facilities)] for _ in range(customers)]
    demand = [whole(tokens.take(), "demand") for _ in range(customers)]
    opening = [Fraction(tokens.take()) for _ in range(facilities)]
    capacity = [whole(tokens.take(), "capacity") for _ in range(facilities)]
    cost = [{f: shared(row[f], demand[at]) for f in range(facilities)} for at, row in enumerate(rows)]
    return capacity, opening, demand, cost


def read_dimacs(text):
    """DIMACS minimum cost flow, as NETGEN writes it, where every arc leads from a source to a sink."""
    supply, arcs = {}, []
    for line in text.splitlines():
        words = line.split()
        if not words or words[0] in ("c", "p"):
            continue
        if words[0] == "n":
            supply[words[1]] = int(words[2])
        elif words[0] == "a":
            arcs.append((words[1], words[2], *(int(word) for word in words[3:6])))
    sources = {node: at for at, node in enumerate(node for node, value in supply.items() if value > 0)}
    sinks = {node: at for at, node in enumerate(node for node, value in supply.items() if value < 0)}
    demand = [supply[node] for node in sources]
    capacity = [-supply[node] for node in sinks]
    cost = [{} for _ in sources]
    for tail, head, least, most, price in arcs:
        if tail not in sources or head not in sinks:
            raise Unreadable(f"the arc {tail} {head} does not lead from a source to a sink; only transportation problems")
        if least != 0 or 0 <= most < min(supply[tail], -supply[head]):
            raise Unreadable(f"the arc {tail} {head} has limits of its own, which travel has not")
        before = cost[sources[tail]].get(sinks[head])
        cost[sources[tail]][sinks[head]] = Fraction(price if before is None else min(price, before))
    return capacity, [Fraction(0)] * len(capacity), demand, cost


def guess_format(text):
    """By the lines: Delmaire begins with costs, the others with two numbers for each facility, after which cap has one
    demand and Holmberg all of them."""
    lines = [line.split() for line in text.splitlines() if line.split()]
    if any(line[0] == "p" and line[1:2] == ["min"] for line in lines):
        return "dimacs"
    try:
        first, second = int(lines[0][0]), int(lines[0][1])
        if len(lines[1]) != 2 or second == 2 and len(lines) == first + 4:
            return "delmaire"
        after = lines[1 + first]
    except (IndexError, ValueError):
        raise Unreadable("does not begin with two counts; not one of: " + ", ".join(FORMATS)) from None
    return "cap" if len(after) in (1, first + 1) and second != len(after) else "holmberg"


def read_instance(path, form=None, capacity=None):
    """Reads one file; form: one of FORMATS, or None to tell by the file itself. Raises Unreadable."""
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    form = form or guess_format(text)
    optimum = None
    try:
        if form == "dimacs":
            parts = read_dimacs(text)
        else:
            tokens = Tokens(text.split())
            parts = {"cap": read_cap, "holmberg": read_holmberg, "delmaire": read_delmaire}[form](tokens, capacity)
            if tokens.left() == 1:
                optimum = Fraction(tokens.take())
            elif tokens.left():
                raise Unreadable(f"{tokens.left()} numbers too many for {form}; give --format")
    except (ValueError, IndexError, KeyError) as fault:
        raise Unreadable(f"not readable as {form}: {fault}") from None
    if any(cost < 0 for costs in parts[3] for cost in costs.values()) or any(cost < 0 for cost in parts[1]):
        raise Unreadable("has costs below zero, which travel cannot have")
    return Instance(os.path.splitext(os.path.basename(path))[0], form, *parts, optimum)
