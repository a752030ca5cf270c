"""Which command reads which files. A command's words may hold {base} (sound packages), {case} (mutated copies) and {out}."""
import csv
import json
import os
import shutil
import sys

import published
import running
import workbooks

POLICY_KEYS = ["min_gap_cm", "people_cap", "mixing", "travel", "detour_cap_m", "weights", "seat_order", "seat_origin", "booklets", "reserve_rooms",
               "spare_booklets_per_room", "change_weights", "moved_farther_m", "seat_numbers"]
EXAM_KEYS = ["code", "name_ko", "name_en", "exam_on", "time_zone", "applicant_number", "session_key"]
NOTICE_KEYS = EXAM_KEYS + ["kind", "help_ko", "help_en", "counts_shown_from", "calendars", "defaults", "units", "areas", "fee_won", "grade", "posts",
                           "eligibility", "subjects", "electives", "electives_to_choose", "last_year", "least_age", "most_age", "age_on",
                           "residence", "licences", "cancel_until", "self_report_from", "self_report_until", "entries"]
RULE_KEYS = ["version", "stage", "pass_ratio", "fail_below", "equality", "bonus", "posts", "to_pass", "multiplier", "reserve", "additional"]
KNOWN_KEYS = {"policy.json": POLICY_KEYS, "exam.json": EXAM_KEYS, "recruitment.json": NOTICE_KEYS, "rules.json": RULE_KEYS,
              "staffing.json": ["per_room", "corridor_per_floor", "reserve_per_venue", "second_invigilator_above", "conflict_reach", "own_school_excluded"],
              "history.json": ["steps", "kind", "input_sha256", "digest", "version", "seed", "rounds", "author", "reason", "at", "moves"],
              "ways.json": ["V0001", "V0002"],
              "publication.json": ["exam", "stage", "version", "released_at", "withdrawn", "decision_sha256", "rules_sha256", "marks_sha256", "replaces",
                                   "reason_ko", "reason_en", "list_sha256", "leaves", "root"],
              "proof.json": ["record", "index", "leaves", "path", "root"], "draw.json": ["list_sha256", "value", "seed"]}

MOST_SECONDS = 300  # of a command that makes a sound package
WHO = ["--author", "Somebody", "--reason", "Because"]


class Reader:
    """`folders`: what is copied into {case} and mutated; a pair gives the path of one file below the base. `forking`: only
    forking_hanjari has the command."""

    def __init__(self, name, command, folders, mutated=None, forking=False):
        self.name, self.command, self.folders, self.forking = name, command, folders, forking
        self.mutated = mutated or folders  # paths below {case}


def all_readers():
    exam, plan = "{base}/exam", "{base}/plan"
    edit_duties = ["edit-duties", exam, plan, "--people", "{base}/people"]
    return [
        Reader("exam", ["plan", "{case}/exam", "--out", "{out}", "--rounds", "1", "--threads", "1"], ["exam"]),
        Reader("rooms", ["rooms", "{case}/exam", "--json"], ["exam"], ["exam/rooms.csv", "exam/policy.json", "exam/venues.csv"]),
        Reader("plan", ["verify", exam, "{case}/plan"], ["plan"]),
        Reader("replanned", ["replan", exam, "--from", "{case}/plan", "--out", "{out}", "--threads", "1"], ["plan"]),
        Reader("changed-exam", ["replan", "{case}/exam", "--from", plan, "--out", "{out}", "--threads", "1"], ["exam"]),
        Reader("compared", ["compare", exam, plan, "{case}/plan", "--json"], ["plan"]),
        Reader("history", ["replay", "{case}/edited", exam], ["edited"], ["edited/history.json"]),
        Reader("edits", ["edit", exam, plan, "--moves", "{case}/moves.csv", *WHO, "--out", "{out}"], ["moves.csv"]),
        Reader("contacts", ["changes", exam, "{base}/edited", "--published", plan, "--contacts", "{case}/contacts.csv", "--out", "{out}"],
               ["contacts.csv"]),
        Reader("results", ["decide", "{case}/results", "--out", "{out}"], ["results"]),
        Reader("final-results", ["decide", "{case}/results", "--stage", "final", "--explanations", "--out", "{out}"], ["results"]),
        Reader("rules", ["decide", "{case}/results", "--out", "{out}"], ["results"], ["results/rules.json"]),
        Reader("compared-results", ["decide", "{base}/results", "--compare-with", "{case}/results", "--out", "{out}"], ["results"]),
        Reader("cases", ["decide", "{case}/results", "--stage", "final", "--out", "{out}"], ["results"],
               [f"results/{name}.csv" for name in ("special_cases", "recorded_cases", "counts", "interview")]),
        Reader("rescored", ["decide", "{base}/results", "--rescore", "{case}/marks.csv", "--correct", "{case}/corrections.csv", "--out", "{out}"],
               ["marks.csv", "corrections.csv"]),
        Reader("people", ["invigilators", exam, plan, "--people", "{case}/people", "--out", "{out}"], ["people"]),
        Reader("duties", ["verify", exam, plan, "--duties", "{case}/duties", "--people", "{base}/people"], ["duties"]),
        Reader("kept-duties", ["invigilators", exam, plan, "--people", "{base}/people", "--keep", "{case}/duties", "--out", "{out}"], ["duties"]),
        Reader("duty-edits", [*edit_duties, "--duties", "{base}/duties", "--edits", "{case}/duty-edits.csv", *WHO, "--out", "{out}"],
               ["duty-edits.csv"]),
        Reader("duty-history", [*edit_duties, "--duties", "{case}/edited-duties", "--edits", "{base}/duty-undo.csv", *WHO, "--out", "{out}"],
               ["edited-duties"]),
        Reader("addresses", ["plan", "{case}/addressed", "--out", "{out}", "--rounds", "1", "--threads", "1"], ["addressed"],
               ["addressed/places.csv", "addressed/applicants.csv"]),
        Reader("rates", ["verify-rates", exam, plan, "{case}/decisions.csv", "{case}/rates.csv"], ["decisions.csv", "rates.csv"]),
        Reader("fairness", ["verify-fairness", exam, plan, "{case}/fairness.csv"], ["fairness.csv"]),
        Reader("earlier-fairness", ["fairness", exam, plan, "--previous", "{case}/edition", "--out", "{out}"], ["edition"]),
        Reader("receipt", ["verify-receipt", "{case}/receipt.txt", "--key", published.KEY], ["receipt.txt"]),
        Reader("notice", ["recruitment", "save", "{case}/recruitment.json", "--data", "{out}"], ["recruitment.json", "units.csv"]),
        # The same without a database, many times as fast.
        Reader("notice-file", ["read-notice", "{case}/recruitment.json"], ["recruitment.json", "units.csv"], forking=True),
        Reader("templates", ["papers", exam, plan, "--venue", "V0001", "--templates", "{case}/templates", "--threads", "1", "--out", "{out}"],
               ["templates"]),
        Reader("ways", ["papers", exam, plan, "--paper", "slip", "--venue", "V0001", "--templates", "{case}/templates", "--threads", "1",
                        "--out", "{out}"], ["templates"], ["templates/ways.json", "templates/slip.json", "templates/day.json"]),
        Reader("sheets", ["check", "{case}/sheets"], ["sheets"]),
        Reader("result-sheets", ["check", "{case}/result-sheets", "--results", "written"], ["result-sheets"]),
        Reader("people-sheets", ["invigilators", exam, plan, "--people", "{case}/people-sheets", "--out", "{out}"], ["people-sheets"]),
        Reader("published", ["verify-publication", "{case}/published", "--proof", "{case}/published/proof.json", "--previous", "{base}/published",
                             "--key", published.KEY], ["published"]),
        Reader("certificate", ["verify-certificate", "{case}/certificate.txt", "--key", published.KEY], ["certificate.txt"]),
        Reader("drawn", ["verify-draw", "{case}/drawn", "--commitment", "{case}/drawn/commitment", "--key", published.KEY], ["drawn"]),
        Reader("printed", ["papers", "{case}/exam", "{case}/plan", "--paper", "roster,seat_chart", "--threads", "1", "--out", "{out}"],
               ["exam", "plan"]),
        Reader("pasted", ["read-pasted", "{case}/pasted"], ["pasted"], forking=True),
    ]


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


NOTICE = {
    "code": "round-1", "name_ko": "시험", "name_en": "Exam", "exam_on": "2031-06-05", "time_zone": "Asia/Seoul",
    "calendars": [{"name": "regular", "exam_on": "2031-06-05", "apply_from": "2031-03-02T09:00:00+09:00",
                   "apply_until": "2031-03-05T18:00:00+09:00",
                   "entries": [{"what_ko": "공고", "what_en": "Venues", "from": "2031-05-21T09:00:00+09:00"}]}],
    "defaults": {"fee_won": 5000, "duration_min": 100, "calendar": "regular"},
    "units": [{"unit_code": "101", "series_ko": "행정", "series_en": "Administration", "quota_group": "general", "grade": 9, "posts": 10, "duration_min": 100,
               "subjects": [{"name_ko": "국어", "name_en": "Korean"}], "electives": [{"code": "law", "name_ko": "법", "name_en": "Law"}],
               "electives_to_choose": 1, "eligibility": {"least_age": 18, "licences": [{"code": "L", "name_ko": "면허", "name_en": "Licence"}]},
               "last_year": {"posts": 5, "applications": 100}}],
    "areas": [{"code": "11110-1", "name_ko": "청운동", "name_en": "Cheongun", "district_code": "11110", "lat": 37.589, "lon": 126.969}]}


def enrich(base):
    """What the samples have not: every optional file and key that a reader takes."""
    applicants = [line.split(",")[0] for line in open(f"{base}/exam/applicants.csv", encoding="utf-8")][1:]
    write(f"{base}/exam/policy.json", json.dumps({"min_gap_cm": 100, "people_cap": 15, "mixing": "leftover", "travel": "haversine", "booklets": 2,
                                                  "detour_cap_m": 30000, "moved_farther_m": 5000, "seat_numbers": "used",
                                                  "weights": {"travel": 1, "room": 10}, "reserve_rooms": {"per_venue": 0},
                                                  "change_weights": {"venue": 400, "room": 20, "seat": 1}}))
    write(f"{base}/contacts.csv", "applicant_id,phone,email\n" + "".join(
        f"{one},010-1234-{number:04},a{number}@example.com\n" for number, one in enumerate(applicants)))
    people = [line.split(",") for line in open(f"{base}/results/people.csv", encoding="utf-8")][1:]
    scores = [line.split(",") for line in open(f"{base}/results/scores.csv", encoding="utf-8")][1:]
    write(f"{base}/marks.csv", f"applicant_number,subject,raw\n{scores[0][0]},{scores[0][2]},80.00\n")
    write(f"{base}/corrections.csv", f"applicant_number,sex,attendance,bonus\n{people[0][0]},F,{people[0][3]},\n")
    # Of people who stand in no other of these files.
    write(f"{base}/results/special_cases.csv", f"applicant_number,kind,reason,decided_by\n{people[1][0]},misconduct,휴대전화 소지,고시과\n")
    write(f"{base}/results/recorded_cases.csv", f"applicant_number,kind,reason,decided_by\n{people[2][0]},late_documents,기한 뒤 제출,officer\n")
    write(f"{base}/templates/ways.json", json.dumps({"V0001": {"ko": "역에서 5분", "en": "Five minutes from the station"}}, ensure_ascii=False))


def make_duties(run, base):
    """Of the plan as it is in the end; with edits of them, and a history of these edits."""
    exam, plan = f"{base}/exam", f"{base}/plan"
    shutil.rmtree(f"{base}/duties")
    run("invigilators", exam, plan, "--people", f"{base}/people", "--out", f"{base}/duties")
    duties = [line.rstrip("\n").split(",") for line in open(f"{base}/duties/duties.csv", encoding="utf-8")][1:]
    write(f"{base}/duty-edits.csv", f"action,invigilator_id,with_invigilator_id\nlock,{duties[0][3]},\nlock,{duties[-1][3]},\n")
    write(f"{base}/duty-undo.csv", "action,invigilator_id\nundo,\n")
    run("edit-duties", exam, plan, "--people", f"{base}/people", "--duties", f"{base}/duties", "--edits", f"{base}/duty-edits.csv", *WHO,
        "--out", f"{base}/edited-duties")


def column_of(rows, name):
    return rows[0].index(name)


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def make_addressed(base):
    """The same exam with addresses in place of coordinates, and points for them."""
    shutil.copytree(f"{base}/exam", f"{base}/addressed")
    rows = read_rows(f"{base}/exam/applicants.csv")
    gone, said = {column_of(rows, "lat"), column_of(rows, "lon")}, column_of(rows, "district_code")
    for row in rows[1:]:
        row[said] = ""  # the address says the district
    streets = ["서울특별시 종로구 자하문로 {}", "서울특별시 중구 세종대로 {}", "Jongno-gu, Seoul {}"]
    kept = [[cell for at, cell in enumerate(row) if at not in gone] for row in rows]
    written = [kept[0] + ["address"]] + [row + [streets[at % 3].format(at)] for at, row in enumerate(kept[1:])]
    with open(f"{base}/addressed/applicants.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(written)
    write(f"{base}/addressed/places.csv", "name,district_code,lat,lon\n종로구 자하문로,11110,37.585,126.97\n세종대로,,37.57,126.977\n")


def number_as_seated(base):
    """The decisions with numbers of the plan, as many as there are: figures are of people who have a seat."""
    seated, decided = read_rows(f"{base}/plan/placements.csv"), read_rows(f"{base}/decided/decisions.csv")
    number, of_decision = column_of(seated, "applicant_number"), column_of(decided, "applicant_number")
    for row, place in zip(decided[1:], seated[1:]):
        row[of_decision] = place[number]
    with open(f"{base}/decisions.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(decided[:len(seated)])


def make_figures(run, base):
    run("fairness", f"{base}/exam", f"{base}/plan", "--out", f"{base}/fairness.csv")
    os.makedirs(f"{base}/edition")
    for name in ("exam", "plan"):
        shutil.copytree(f"{base}/{name}", f"{base}/edition/{name}")
    shutil.copy(f"{base}/fairness.csv", f"{base}/edition/fairness.csv")
    run("decide", f"{base}/results", "--out", f"{base}/decided")
    number_as_seated(base)
    shutil.rmtree(f"{base}/decided")
    write(f"{base}/rates.csv", published.publication()["rates.csv"])


def make_base(program, base, seed):
    def run(*words):
        (done,) = running.run_some([[program, *words]], [None], MOST_SECONDS, 0)
        if done.status not in (0, 1) or done.finding:
            raise SystemExit(f"the sound packages cannot be made: {' '.join(words)}\n{done.said}")

    os.makedirs(base)
    exam, plan = f"{base}/exam", f"{base}/plan"
    run("sample", "--out", exam, "--applicants", "30", "--venues", "3", "--units", "2", "--accommodations", "10", "--seed", str(seed))
    run("plan", exam, "--out", plan)
    run("sample-invigilators", exam, "--out", f"{base}/people", "--people", "60")
    run("sample-results", "--out", f"{base}/results", "--people", "40", "--units", "2", "--interviews", "--seed", str(seed))
    run("papers", exam, plan, "--paper", "desk_label", "--templates", f"{base}/templates", "--out", f"{base}/papers")
    shutil.rmtree(plan)
    run("plan", exam, "--out", plan)
    run("invigilators", exam, plan, "--people", f"{base}/people", "--out", f"{base}/duties")
    enrich(base)
    make_sheets(base)
    make_published(base)
    shutil.rmtree(plan)  # of the package as it is now
    run("plan", exam, "--out", plan)
    make_edited(program, base)
    make_duties(run, base)
    make_addressed(base)
    make_figures(run, base)
    write(f"{base}/receipt.txt", published.receipt())
    # Last, because nothing is written into a folder that holds a notice.
    write(f"{base}/recruitment.json", json.dumps(NOTICE, ensure_ascii=False))
    shutil.copy(f"{base}/exam/units.csv", f"{base}/units.csv")
    if running.forks(program):
        make_pasted(program, base)


# Tables that only pages take, most with tabs as spreadsheets copy them; those of the notice are written by the program.
PASTED = {
    "subjects": "code\tname_ko\tname_en\tset_by\tsetter\tcheckers\tstate\tdue_on\nkorean\t국어\tKorean\tcity\tlee\tpark; choi\tdrafted\t2031-04-01\n"
                "law\t법\tLaw\tministry\t\t\tnot_started\t\n",
    "rooms": "room_no\trow_count\tcolumn_count\trow_pitch_cm\tcolumn_pitch_cm\tfloor\n1\t5\t6\t150\t120\t2\n2\t5\t5\t150\t120\t2\n",
    "interviews": "applicant_number\texaminer\titem\tgrade\n01000001\tA\tspirit\thigh\n01000001\tB\tspirit\tmiddle\n01000002\tA\tspirit\tlow\n",
    "contacts": "invigilator_id,email,phone\nI0001,one@example.com,010-1234-0001\nI0002,two@example.com,\n",
    "past_duties": "invigilator_id,held_on,exam,role,duties\nI0001,2030-06-05,2030년 제1회,,1\nI0002,2029-06-05,,,2\n"}


def make_pasted(program, base):
    """Where the program cannot write them there are none, and only their own reader ends."""
    os.makedirs(f"{base}/pasted")
    words = ["write-pasted", f"{base}/recruitment.json", f"{base}/results/rules.json", f"{base}/pasted"]
    (done,) = running.run_some([[program, *words]], [None], MOST_SECONDS, 0)
    if done.status != 0:
        shutil.rmtree(f"{base}/pasted")
        print(f"the tables of pages cannot be made: {done.said}", file=sys.stderr)
        return
    for name, text in PASTED.items():
        write(f"{base}/pasted/{name}.csv", text)


def make_sheets(base):
    """The same packages with their tables as workbooks: one workbook of one table, and one of several."""
    for source, target, alone in [("exam", "sheets", "applicants"), ("results", "result-sheets", "scores"), ("people", "people-sheets", "invigilators")]:
        shutil.copytree(f"{base}/{source}", f"{base}/{target}")
        tables = sorted(name[:-4] for name in os.listdir(f"{base}/{target}") if name.endswith(".csv"))
        held = {name: open(f"{base}/{target}/{name}.csv", encoding="utf-8").read() for name in tables}
        for name in tables:
            os.remove(f"{base}/{target}/{name}.csv")
        several = [(name, text) for name, text in held.items() if name != alone]
        for called, sheets in [(alone, [(alone, held[alone])]), ("tables", several)]:
            if sheets:
                with open(f"{base}/{target}/{called}.xlsx", "wb") as file:
                    file.write(workbooks.made(sheets))


def make_published(base):
    for folder, files in [("published", published.publication()), ("drawn", published.draw())]:
        os.makedirs(f"{base}/{folder}")
        for name, text in files.items():
            write(f"{base}/{folder}/{name}", text)
    write(f"{base}/certificate.txt", published.certificate())


def make_edited(program, base):
    """Moves somebody to the first room that takes them, so that there is a plan with edits in its history."""
    placed = [line.split(",") for line in open(f"{base}/plan/placements.csv", encoding="utf-8")][1:]
    for mover in placed:
        for _, _, _, venue, room, *_ in placed:
            write(f"{base}/moves.csv", f"action,applicant_id,venue_code,room_no,seat_no\nmove,{mover[0]},{venue},{room},\n")
            words = ["edit", f"{base}/exam", f"{base}/plan", "--moves", f"{base}/moves.csv", *WHO, "--out", f"{base}/edited"]
            (done,) = running.run_some([[program, *words]], [None], MOST_SECONDS, 0)
            if done.status == 0 and (mover[3], mover[4]) != (venue, room):
                return
            shutil.rmtree(f"{base}/edited", ignore_errors=True)
    raise SystemExit("nobody of the sound plan can be moved by hand")
