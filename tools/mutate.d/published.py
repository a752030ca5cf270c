"""What people who check results are given: a publication package with a proof, a certificate, a draw of seats. Nobody signed them, so that
every reader goes to its end and finds that alone."""
import base64
import hashlib
import json

KEY = "6b" * 32
ZEROS = "0" * 64


def digest(content):
    return hashlib.sha256(content).hexdigest()


def compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def signed(text, name):
    return f"{text}\n— {name} {base64.b64encode(bytes(68)).decode()}\n"


def record_of(number):
    return compact({"applicant_number": str(10_000 + number), "exam": "round-1", "outcome": "passed" if number % 2 else "not_passed", "rank": number,
                    "salt": f"{number:032x}", "scores": {"korean": "90.00"}, "stage": "written", "total": "90.00", "unit_code": "101", "version": 1})


def root_of(hashes):
    while len(hashes) > 1:
        hashes = [hashlib.sha256(b"\1" + hashes[at] + hashes[at + 1]).digest() for at in range(0, len(hashes), 2)]
    return hashes[0].hex()


def publication():
    """Four people, so that the tree is whole."""
    records = [record_of(number) for number in range(1, 5)]
    hashes = [hashlib.sha256(b"\0" + record.encode()).digest() for record in records]
    root = root_of(hashes)
    listed = "unit_code,applicant_number\n" + "".join(f"101,{10_000 + number}\n" for number in (1, 3))
    facts = compact({"decision_sha256": ZEROS, "exam": "round-1", "leaves": len(records), "list_sha256": digest(listed.encode()), "marks_sha256": ZEROS,
                     "reason_en": "", "reason_ko": "", "released_at": "2031-07-01T09:00:00Z", "replaces": None, "root": root, "rules_sha256": ZEROS,
                     "stage": "written", "version": 1, "withdrawn": False}) + "\n"
    second = hashlib.sha256(b"\1" + hashes[2] + hashes[3]).hexdigest()
    proof = compact({"index": 0, "leaves": len(records), "path": [hashes[1].hex(), second], "record": base64.b64encode(records[0].encode()).decode(), "root": root})
    origin = "hanjari/round-1/written/1"
    checkpoint = signed(f"{origin}\n{len(records)}\n{base64.b64encode(bytes.fromhex(root)).decode()}\npublication {digest(facts.encode())}\n", origin)
    return {"publication.json": facts, "list.csv": listed, "leaves.txt": "".join(one.hex() + "\n" for one in hashes), "checkpoint": checkpoint,
            "proof.json": proof + "\n", "rates.csv": "dimension,value,people,passed,percent\nall,,4,2,50.0\nunit,101,4,2,50.0\n"}


def certificate():
    return signed("hanjari-certificate/1\nexam: round-1\nexam_name_en: Exam\nexam_name_ko: 시험\nstage: written\nversion: 1\nreleased_at: 2031-07-01T09:00:00Z\n"
                  "applicant_number: 10001\nunit_code: 101\nunit_en: Administration\nunit_ko: 행정\noutcome: passed\ntotal: 90.00\nrank: 1\n"
                  f"root: {ZEROS}\n", "hanjari/round-1/written/1/certificate")


def receipt():
    return (f"Hanjari application receipt 1\nexam: round-1\napplication: 5f0c2a9b1d3e4f60\nversion: 1\nunit: 101\nform_sha256: {ZEROS}\nfee_won: 5000\n"
            f"received_at: 2031-03-05T08:59:59.998Z\nkey: {KEY}\nconsent: 3 {ZEROS}\nsignature: {ZEROS}{ZEROS}\n")


def draw():
    listed = "applicant_number,unit_code,venue_code,room_no\n10001,101,V1,1\n10002,101,V1,1\n"
    return {"draw.json": json.dumps({"list_sha256": digest(listed.encode()), "value": "1 2 3", "seed": ZEROS}) + "\n",
            "rooms.csv": "venue_code,room_no,seat_no\nV1,1,1\nV1,1,2\n", "list.csv": listed, "seats.csv": "applicant_number,seat_no\n10001,2\n10002,1\n",
            "draws.csv": "venue_code,room_no,draws\nV1,1,2\n",
            "commitment": signed(f"{digest(listed.encode())}\nThe public lottery\nround 5\n", "hanjari/round-1/draw")}
