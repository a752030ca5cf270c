"""A small exam on its whole way by the API: people with accounts apply, sit in a live plan, and get two decisions that differ."""
import csv
import hashlib
import io
import json
import os
import time
import zipfile

import portrait
from program import PASSWORD
from visitor import Officer, Visitor

CODE = "released-1"
UNIT = {"unit_code": "101", "series_ko": "일반행정", "series_en": "General administration", "grade": 9, "posts": 3}
OFFICERS = ("kim", "lee", "park")
OFFICE = f"/api/v1/exams/{CODE}"
LONGEST_JOB = 300  # seconds


class Person:
    def __init__(self, number, port):
        self.mail, self.visitor = f"person-{number}@example.org", Visitor(port)
        self.name = "김" + "가나다라마바사아자차카타파하"[number % 14] + "늘"
        self.resident_number = f"95{number % 12 + 1:02d}14-{1 + number % 2}{number:06d}"
        self.application, self.number = None, None


def moment(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(columns, rows):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([columns, *rows])
    return text.getvalue()


def save_notice(program, venues, until):
    """A notice whose window ends so many seconds from now; it takes no fee."""
    with open(f"{venues}/exam.json", encoding="utf-8") as file:
        header = json.load(file)
    school = next(row for row in table(f"{venues}/venues.csv") if row["kind"] == "regular")
    day = moment(5 * 86_400)[:10]
    calendar = {"name": "regular", "exam_on": day, "apply_from": moment(-3_600), "apply_until": moment(until), "cancel_until": moment(until)}
    area = {"code": "here", "name_ko": "여기", "name_en": "Here", "district_code": school["district_code"], "lat": float(school["lat"]), "lon": float(school["lon"])}
    notice = {**header, "code": CODE, "name_ko": "발표 시험", "name_en": "Released exam", "exam_on": day, "time_zone": "Asia/Seoul", "calendars": [calendar],
              "defaults": {"fee_won": 0, "duration_min": 100}, "units": [UNIT], "areas": [area]}
    os.makedirs(f"{program.folder}/notice", exist_ok=True)  # nothing else is written below a folder that holds a notice
    path = f"{program.folder}/notice/recruitment.json"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(notice, file)
    program.owned("recruitment", "save", path, "--state", "published")


def sign_up(person, mailbox):
    asked = person.visitor.post("/en/sign-up", {"contact": person.mail, "new_password": PASSWORD})
    if asked.status != 303:
        raise RuntimeError(f"no account for {person.mail}: {asked.status} {asked.text[:600]}")
    entered = person.visitor.post(asked.location, {"code": mailbox.code_for(person.mail)})
    if entered.status != 303:
        raise RuntimeError(f"the code of {person.mail} is not taken: {entered.status} {entered.text[:600]}")


def apply(person):
    address = f"/api/v1/recruitments/{CODE}"
    person.visitor.get(f"/en/apply/{CODE}")
    form = {"unit": UNIT["unit_code"], "name": person.name, "phone": "010-1234-5678", "email": person.mail, "area": "here", "address": "서울특별시 종로구 자하문로 1",
            "consents": True, "consents_identifier": True}
    person.visitor.call(f"{address}/drafts", {"form": form, "resident_number": person.resident_number}, (200,))
    sent = person.visitor.post(f"/en/apply/{CODE}/photo", {"cut": "yes"}, ("photo", "photo.jpg", portrait.grey_jpeg(), "image/jpeg"))
    if sent.status != 303:
        raise RuntimeError(f"the photo is not taken: {sent.status} {sent.text[:600]}")
    key = person.visitor.read(f"{address}/drafts")["submission_key"]
    person.application = person.visitor.call(f"{address}/applications", {}, (200, 201), key=key)["id"]


def give_seats(program, venues):
    """Closes the window, plans who applied, and makes the plan live; gives the units and the people of the frozen exam."""
    save_notice(program, venues, -120)
    program.owned("intake", "close", CODE)
    frozen, plan = f"{program.folder}/frozen", f"{program.folder}/plan"
    program.owned("intake", "export", CODE, "--venues", venues, "--out", frozen)
    program.run("plan", frozen, "--out", plan)
    program.owned("import", frozen, "--plan", plan)
    with open(f"{plan}/placements.csv", "rb") as file:
        program.owned("live", CODE, hashlib.sha256(file.read()).hexdigest())
    sexes = {row["applicant_id"]: row["sex"] for row in table(f"{frozen}/applicants.csv")}
    numbers = sorted((row["applicant_number"], sexes[row["applicant_id"]]) for row in table(f"{plan}/placements.csv"))
    return table(f"{frozen}/units.csv"), numbers


def result_package(units, numbers, best_first):
    """Marks that fall, or rise, with the number, so that other people pass by the one than by the other."""
    marks = {number: 90 - 5 * rank for rank, (number, _) in enumerate(numbers if best_first else reversed(numbers))}
    columns = ["unit_code", "series_ko", "series_en", "quota_group", "grade", "posts", "duration_min", "subject_set"]
    half = max(1, len(numbers) // 2)
    files = {
        "units.csv": as_csv([*columns, "to_pass"], [[*(unit[name] for name in columns), half] for unit in units]),
        "people.csv": as_csv(["applicant_number", "unit_code", "sex", "attendance", "bonus"],
                             [[number, UNIT["unit_code"], sex, "present", ""] for number, sex in numbers]),
        "scores.csv": as_csv(["applicant_number", "unit_code", "subject", "kind", "raw"],
                             [[number, UNIT["unit_code"], "korean", "common", mark] for number, mark in sorted(marks.items())]),
        "rules.json": "{}",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return packed.getvalue()


def wait_for_job(officer, job):
    until = time.monotonic() + LONGEST_JOB
    while time.monotonic() < until:
        state = officer.visitor.read(f"/api/v1/jobs/{job}")
        if state["state"] == "done":
            return
        if state["state"] not in ("waiting", "running"):
            raise RuntimeError(f"job {state['kind']} ended as {state['state']}: {state.get('fault')}")
        time.sleep(0.1)
    raise RuntimeError(f"a job is not done after {LONGEST_JOB} s")


def decide(officers, package, number):
    kim, lee = officers["kim"], officers["lee"]
    wait_for_job(kim, kim.visitor.call(f"{OFFICE}/results", package, (202,), "application/zip")["job"])
    if number == 1:
        rules = kim.visitor.read(f"{OFFICE}/results")["packages"][0]["rules_sha256"]
        kim.visitor.call(f"{OFFICE}/result-rules", {"step": "propose", "package": 1, "rules_sha256": rules}, (200,))
        lee.visitor.call(f"{OFFICE}/result-rules", {"step": "freeze", "rules_sha256": rules}, (200,))
    wait_for_job(kim, kim.visitor.call(f"{OFFICE}/decisions", {"package": number}, (202,))["job"])


class SmallExam:
    """Everything up to two decisions; `people` hold sessions of the portal, `officers` of the office."""

    def __init__(self, program, mailbox, people):
        self.program = program
        venues = f"{program.folder}/venues"
        program.run("sample", "--out", venues, "--applicants", "60", "--venues", "3", "--units", "2", "--cap", "15", "--seed", "11")
        save_notice(program, venues, 3_600)
        for name in OFFICERS:
            program.owned("account", "add", name, "--role", "exam_officer")
        program.serve()
        self.people = [Person(number, program.portal) for number in range(people)]
        for person in self.people:
            sign_up(person, mailbox)
            apply(person)
        units, numbers = give_seats(program, venues)
        self.officers = {name: Officer(name, PASSWORD, program.office) for name in OFFICERS}
        for officer in self.officers.values():
            officer.sign_in()
            officer.visitor.call(f"{OFFICE}/release-keys", {"passphrase": officer.passphrase}, (201,))
        for number, best_first in ((1, True), (2, False)):
            decide(self.officers, result_package(units, numbers, best_first), number)
        self.public_key = Visitor(program.portal).read("/api/v1/receipt-key")["public_key"]

    def order(self, decision, minute, first):
        """The digest and the number of a version that is approved for the minute (seconds since 1970)."""
        kim, lee = self.officers["kim"], self.officers["lee"]
        words = {f"{name}_{language}": f"{text} {int(minute)}" for name, language, text in (
            ("next_passed", "en", "Register until Friday."), ("next_passed", "ko", "금요일까지 등록하십시오."), ("next_others", "en", "The next exam is in spring."),
            ("next_others", "ko", "다음 시험은 봄에 있습니다."), ("objection", "en", "Write to us."), ("objection", "ko", "서면으로 제출하십시오."))}
        if not first:
            words.update(reason_en="Marks were corrected.", reason_ko="점수를 정정하였습니다.")
        body = {"decision": decision, "release_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(minute)), "share_holders": list(OFFICERS), **words}
        made = kim.visitor.call(f"{OFFICE}/publications", body, (202,))
        wait_for_job(kim, made["job"])
        digest = self.state(made["number"])["digest"]
        self.step(kim, made["number"], {"step": "propose", "digest": digest})
        self.step(lee, made["number"], {"step": "approve", "digest": digest, "code": lee.code()})
        return made["number"], digest

    def step(self, officer, number, body):
        return officer.visitor.call(f"{OFFICE}/publications/{number}/steps", {**body, "reason": "the campaign"}, (200,))

    def arm(self, names, number, digest):
        for name in names:
            officer = self.officers[name]
            self.step(officer, number, {"step": "arm", "digest": digest, "code": officer.code(), "passphrase": officer.passphrase})

    def state(self, number):
        listed = self.officers["kim"].visitor.read(f"{OFFICE}/publications")["publications"]
        return next(one for one in listed if one["number"] == number)

    def verify(self, files, previous, proofs):
        """What verify-publication finds in these files, which are kept as a folder for the next one; empty where all is well."""
        folder = f"{self.program.folder}/package-{len(os.listdir(self.program.folder))}"
        os.mkdir(folder)
        for name, content in files.items():
            with open(f"{folder}/{name}", "wb") as file:
                file.write(content)
        words = ["verify-publication", folder, "--key", self.public_key] + (["--previous", previous] if previous else [])
        for at, proof in enumerate(proofs):
            with open(f"{folder}-proof-{at}.json", "wb") as file:
                file.write(proof)
            words += ["--proof", f"{folder}-proof-{at}.json"]
        try:
            self.program.run(*words)
        except RuntimeError as found:
            return folder, str(found)
        return folder, ""
