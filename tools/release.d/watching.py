"""Everything that people can read of a release, read again and again over the minute, with the moment of each answer."""
import hashlib
import json
import re
import threading
import time

from exam import CODE
from judging import AWAY
from visitor import Away, Visitor

PACKAGE = ("publication.json", "list.csv", "leaves.txt", "checkpoint")
RATES = "rates.csv"  # a version of people whom its plan does not know has none
PAPERS = ("list.en.pdf", "list.ko.pdf", "list.en.xlsx", "list.ko.xlsx")
RELEASES = f"/api/v1/exams/{CODE}/releases"
# Where every row is withheld, or a version has no rates, that is so of the next one too.
ALIKE = (f"{RELEASES}/{RATES}", *(f"/{language}/exams/{CODE}/result-rates" for language in ("en", "ko")))
WAITING, NOTHING = "waiting", "nothing"
SAYS_NOTHING = (429, 502, 503, 504)  # of a result: too much at once, or no database
PAUSE = 0.02  # seconds between two answers of one reader


def public_addresses():
    return [RELEASES] + [f"/{language}/exams/{CODE}/{page}" for language in ("en", "ko") for page in ("result-list", "result-rates")] + [
        f"{RELEASES}/{name}" for name in (*PACKAGE, RATES, *PAPERS)]


def own_addresses(person):
    own = [f"/{language}/my/{person.application}/result" for language in ("en", "ko")]
    return own + [f"{own[0]}/{part}" for part in ("proof", "certificate-text")]


def meaning_of(address, answer):
    """What an answer says of the result, as one word: the same for two answers that say the same."""
    if answer.status in SAYS_NOTHING:
        return AWAY
    if answer.status == 404:
        return NOTHING
    if answer.status != 200:
        return f"status {answer.status}"
    if address == RELEASES:
        said = answer.data()
        # What is left of the time counts down, and is the same for everybody.
        return WAITING if not said["released"] else digest_of(json.dumps({name: said[name] for name in ("publication", "version", "key", "root")}).encode())
    if not address.startswith("/api/") and "/result/" not in address:
        shown = [one[0] for one in re.finditer(r"<(article|table)\b.*?</\1>", answer.text, re.DOTALL)]
        if shown:
            return digest_of("".join(shown).encode())
        return WAITING if 'data-left="' in answer.text else NOTHING
    return digest_of(answer.body)


def digest_of(content):
    return hashlib.sha256(content).hexdigest()[:16]


class Seen:
    """One answer: when it was asked for and when it was there, in seconds since 1970."""

    def __init__(self, began, ended, meaning):
        self.began, self.ended, self.meaning = began, ended, meaning


def look(visitor, address):
    began = time.time()
    try:
        answer = visitor.get(address)
        meaning, body = meaning_of(address, answer), answer.body
    except Away:
        meaning, body = AWAY, b""
    return Seen(began, time.time(), meaning), body


def name_of(person, address):
    return address if person is None else address.replace(person.application, person.mail.split("@")[0])


def read_once(exam):
    """Every address once: what it says, and its bytes."""
    said, bodies = {}, {}
    for person, visitor, addresses in readers_of(exam):
        for address in addresses:
            seen, body = look(visitor, address)
            said[name_of(person, address)], bodies[name_of(person, address)] = seen.meaning, body
        visitor.close()
    return said, bodies


def readers_of(exam):
    anybody = Visitor(exam.program.portal)
    yield None, anybody, public_addresses()
    yield None, anybody.copy(), [RELEASES]
    for person in exam.people:
        yield person, person.visitor.copy(), own_addresses(person)


class Watch:
    """A thread for each person and two for what is public; answers by the name of their address."""

    def __init__(self, exam):
        self.seen, self.over, self.lock = {}, threading.Event(), threading.Lock()
        self.threads = [threading.Thread(target=self.read, args=reader, daemon=True) for reader in readers_of(exam)]
        for thread in self.threads:
            thread.start()

    def read(self, person, visitor, addresses):
        while not self.over.is_set():
            for address in addresses:
                seen, _ = look(visitor, address)
                with self.lock:
                    self.seen.setdefault(name_of(person, address), []).append(seen)
                self.over.wait(PAUSE)
        visitor.close()

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()
        return self.seen
