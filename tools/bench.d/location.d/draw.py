#!/usr/bin/env python3
"""Draws capacitated location problems and solves them with CBC: draw.py FOLDER [--seed 1] [--count 6] [--venues 25] [--customers 50]

Customers and facilities lie evenly in a square, demands are 5 to 35, capacities 10 to 160 and then scaled so that all
capacity is RATIO times all demand, a unit of demand costs ten times its way, and opening costs a part that grows with the
root of the capacity (the recipe of Cornuejols, Sridharan and Thizy, European Journal of Operational Research 50, 1991).
Files are in the format of OR-Library, optima in FOLDER/optima.txt; where CBC's time ends first, the instance is left out.
"""
import argparse
import math
import os
import random
import re
import subprocess
import sys
import tempfile

RATIOS = (1.5, 2, 3, 5, 10)


def draw(generator, venues, customers, ratio):
    place = [(generator.random(), generator.random()) for _ in range(venues)]
    home = [(generator.random(), generator.random()) for _ in range(customers)]
    demand = [generator.randint(5, 35) for _ in range(customers)]
    capacity = [generator.randint(10, 160) for _ in range(venues)]
    scale = ratio * sum(demand) / sum(capacity)
    opening = [generator.randint(0, 90) + round(generator.randint(100, 110) * math.sqrt(seats)) for seats in capacity]
    capacity = [max(1, math.ceil(seats * scale)) for seats in capacity]
    cost = [[round(10 * math.dist(a, b), 3) for b in place] for a in home]
    return capacity, opening, demand, cost


def write_cap(path, capacity, opening, demand, cost):
    with open(path, "w", encoding="utf-8") as file:
        print(len(capacity), len(demand), file=file)
        for seats, price in zip(capacity, opening):
            print(seats, price, file=file)
        for people, row in zip(demand, cost):
            print(people, *(f"{people * value:.3f}" for value in row), file=file)


def write_model(path, capacity, opening, demand, cost):
    """The linear model with a row for every arc: a customer goes to open facilities only."""
    venues, customers = range(len(capacity)), range(len(demand))
    with open(path, "w", encoding="utf-8") as file:
        print("Minimize\n total:", file=file)
        for v in venues:
            print(f" + {opening[v]} y{v}", file=file)
        for c in customers:
            for v in venues:
                print(f" + {cost[c][v]} x{c}_{v}", file=file)
        print("Subject To", file=file)
        for c in customers:
            print(" + ".join(f"x{c}_{v}" for v in venues), f"= {demand[c]}", file=file)
        for v in venues:
            print(" + ".join(f"x{c}_{v}" for c in customers), f"- {capacity[v]} y{v} <= 0", file=file)
            for c in customers:
                print(f"x{c}_{v} - {min(demand[c], capacity[v])} y{v} <= 0", file=file)
        print("Binaries", file=file)
        print(*(f"y{v}" for v in venues), file=file)
        print("End", file=file)


def solve(model, seconds):
    """The optimum, or nothing when CBC was not done in time."""
    made = subprocess.run(["cbc", model, "-sec", str(seconds), "-ratioGap", "0", "-allowableGap", "0", "-solve"],
                          capture_output=True, text=True, check=True)
    if "Optimal solution found" not in made.stdout:
        return None
    return float(re.search(r"Objective value:\s+(\S+)", made.stdout)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5, help="instances of each ratio")
    parser.add_argument("--venues", type=int, default=25)
    parser.add_argument("--customers", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120, help="of CBC for an instance")
    arguments = parser.parse_args()
    os.makedirs(arguments.folder, exist_ok=True)
    generator = random.Random(arguments.seed)
    for ratio in RATIOS:
        for at in range(arguments.count):
            problem = draw(generator, arguments.venues, arguments.customers, ratio)
            name = f"d{arguments.venues}x{arguments.customers}r{ratio}n{at}".replace(".", "_")
            with tempfile.NamedTemporaryFile(suffix=".lp") as model:
                write_model(model.name, *problem)
                optimum = solve(model.name, arguments.seconds)
            if optimum is None:
                print(f"{name}: CBC was not done in {arguments.seconds} s", file=sys.stderr)
                continue
            write_cap(f"{arguments.folder}/{name}.txt", *problem)
            with open(f"{arguments.folder}/optima.txt", "a", encoding="utf-8") as file:
                print(name, f"{optimum:.6f}", file=file)


if __name__ == "__main__":
    main()
