"""Somebody with cookies who reads pages, sends forms and calls the API over plain HTTP; and the one-time codes of officers."""
import hashlib
import hmac
import http.client
import json
import re
import struct
import time
import urllib.parse
import uuid

STEP = 30  # seconds of a one-time code (RFC 6238)
PATIENCE = 20  # seconds for one answer


class Away(RuntimeError):
    """Nobody answers: the program is not running, or ended in the middle of its answer."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode("utf-8", "replace")
        self.location = headers.get("location", "")

    def data(self):
        return json.loads(self.text)


class Visitor:
    """`port` is asked for every time, because a program that is started again may listen elsewhere."""

    def __init__(self, port):
        self.port, self.cookies, self.connection = port, {}, None

    def copy(self):
        """The same session on a connection of its own, for another thread."""
        other = Visitor(self.port)
        other.cookies = dict(self.cookies)
        return other

    def send(self, method, address, body=None, headers=None, accept="text/html"):
        fields = {"accept": accept, **(headers or {})}
        if self.cookies:
            fields["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        response, content = self.ask(method, address, body, fields)
        for cookie in response.headers.get_all("set-cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            if re.search(r"Max-Age=0\b", cookie):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, content)

    def ask(self, method, address, body, fields):
        """Once more on a new connection where an old one had been closed: by the server's patience, or with an earlier program."""
        while True:
            fresh = self.connection is None
            try:
                if fresh:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=PATIENCE)
                self.connection.request(method, address, body, fields)
                response = self.connection.getresponse()
                return response, response.read()
            except (OSError, http.client.HTTPException) as lost:
                self.close()
                if fresh:
                    raise Away(str(lost)) from lost

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def get(self, address, accept="text/html"):
        return self.send("GET", address, accept=accept)

    def form_of(self, page):
        text = self.get(page).text
        found = {name: re.search(f'name="{name}" value="([^"]*)"', text) for name in ("form_token", "version")}
        return {name: match[1] for name, match in found.items() if match}

    def post(self, page, fields, file=None):
        """The form of `page` with these fields; `file`: name of the field, name of the file, bytes, type."""
        values = {**self.form_of(page), **fields}
        if file is None:
            return self.send("POST", page, urllib.parse.urlencode(values), {"content-type": "application/x-www-form-urlencoded"})
        line = uuid.uuid4().hex
        body = b"".join(f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in values.items())
        field, name, content, kind = file
        body += f'--{line}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: {kind}\r\n\r\n'.encode()
        body += content + f"\r\n--{line}--\r\n".encode()
        return self.send("POST", page, body, {"content-type": f"multipart/form-data; boundary={line}"})

    def call(self, address, body, accepted, kind="application/json", key=None):
        """A call of the API, which has to answer with one of these; gives what it says."""
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.send("POST", address, sent, {"content-type": kind, "idempotency-key": key or uuid.uuid4().hex}, "application/json")
        if answer.status not in accepted:
            raise RuntimeError(f"POST {address}: {answer.status} {answer.text[:600]}")
        return answer.data()

    def read(self, address):
        answer = self.get(address, "application/json")
        if answer.status != 200:
            raise RuntimeError(f"GET {address}: {answer.status} {answer.text[:600]}")
        return answer.data()


def code_of(secret, step):
    """RFC 6238 with SHA-1 and six digits."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[19] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def secret_of(text):
    """Base 32 without padding, as an authenticator is told it."""
    bits = "".join(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.index(letter):05b}" for letter in text)
    return bytes(int(bits[at:at + 8], 2) for at in range(0, len(bits) - 7, 8))


class Officer:
    """An officer of the exam with password, authenticator and release key."""

    def __init__(self, name, password, port):
        self.name, self.password, self.visitor = name, password, Visitor(port)
        self.secret, self.last_step = None, 0
        self.passphrase = f"a long passphrase of {name}"

    def code(self):
        """No code is taken twice, and one of the next half minute is taken already; so it waits where it must."""
        step = max(int(time.time()) // STEP, self.last_step + 1)
        while step > int(time.time()) // STEP + 1:
            time.sleep(0.2)
        self.last_step = step
        return code_of(self.secret, step)

    def sign_in(self):
        entered = self.visitor.post("/en/sign-in", {"account": self.name, "password": self.password})
        if entered.location.split("?")[0] != "/en/second-step":
            raise RuntimeError(f"{self.name} cannot sign in: {entered.status} {entered.text[:600]}")
        page = self.visitor.get("/en/second-step").text
        shown = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
        if shown:
            self.secret = secret_of(shown[1].replace(" ", ""))
        confirmed = self.visitor.post("/en/second-step", {"code": self.code()})
        if confirmed.status not in (200, 303):
            raise RuntimeError(f"{self.name} has no second step: {confirmed.status} {confirmed.text[:600]}")

    def be_there(self, address):
        """Signs in again where the session has ended meanwhile."""
        if self.visitor.get(address, "application/json").status != 200:
            self.visitor.cookies.clear()
            self.sign_in()
