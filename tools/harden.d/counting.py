"""How many were tried and found: read from what a command said. A command that did not come to its figures counts as one finding."""
import json
import os
import re


class Counted:
    def __init__(self, tried=0, found=0, told=()):
        self.tried, self.found, self.told = tried, found, list(told)

    def add(self, other):
        self.tried += other.tried
        self.found += other.found
        self.told += other.told


def of_packages(log, status):
    text = read(log)
    total = re.search(r"in all (\d+) tried, (\d+) found", text)
    if total is None:
        return Counted(0, 1, [last_line(text)])
    found = int(total[2])
    told = re.findall(r"^\S+/\S+/\d+: .*$", text, re.MULTILINE)
    return Counted(int(total[1]), max(found, 0 if status == 0 else 1), told)


def of_fuzz(log, status):
    text = read(log)
    tried = sum(int(runs) for runs in re.findall(r" (\d+) runs,", text))
    failed = status != 0
    return Counted(tried, 1 if failed else 0, [last_line(text)] if failed else [])


def of_kills(log, status):
    text = read(log)
    rows = re.findall(r"killed \d+ times: (\d+) before, (\d+) after, (\d+) between", text)
    orphans = re.search(r"outlived their program: (\d+)", text)
    if len(rows) != 2 or orphans is None:
        return Counted(0, 1, [last_line(text)])
    tried = sum(int(number) for row in rows for number in row)
    found = sum(int(row[2]) for row in rows) + int(orphans[1])
    return Counted(tried, max(found, 0 if status == 0 else 1), [])


def of_release_kills(log, status):
    text = read(log)
    total = re.search(r"killed (\d+) of (\d+) times around the minute: .*?; (.*)", text)
    if total is None:
        return Counted(0, 1, [last_line(text)])
    found = sum(int(count) for count in re.findall(r"(\d+) \w+", total[3]))
    return Counted(int(total[1]), max(found, 0 if status == 0 else 1), [] if status == 0 else [last_line(text)])


def of_tests(report, log, status):
    """Of GoogleTest's report: a test counts as many tries as its property "tried" says, else one; a skipped one none."""
    if not os.path.exists(report):
        return Counted(0, 1, [f"ended with status {status} before its report: {last_line(read(log))}"])
    with open(report, encoding="utf-8") as file:
        suites = json.load(file).get("testsuites", [])
    counted = Counted()
    for suite in suites:
        for test in suite.get("testsuite", []):
            if test.get("result") != "COMPLETED":
                continue
            counted.tried += int(test.get("tried", 1))
            if test.get("failures"):
                counted.found += 1
                counted.told.append(f"{test['classname']}.{test['name']}: {test['failures'][0]['failure'].splitlines()[-1]}")
    if status != 0 and counted.found == 0:
        counted.add(Counted(0, 1, [f"status {status}: {last_line(read(log))}"]))
    if counted.tried == 0:
        counted.add(Counted(0, 1, ["no test of these names ran"]))
    return counted


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "nothing was said"
