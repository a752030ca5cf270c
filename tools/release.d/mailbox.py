"""Takes the mails of one machine over SMTP and keeps them in memory: codes of sign-up come that way."""
import base64
import email
import email.policy
import re
import socketserver
import threading
import time


class Taker(socketserver.StreamRequestHandler):
    def handle(self):
        self.say(220, "ready")
        while True:
            line = self.rfile.readline()
            if not line:
                return
            word = line.decode("latin-1").strip().upper()
            if word.startswith("QUIT"):
                return self.say(221, "bye")
            if word == "DATA":
                self.take()
            else:
                self.say(250, "good")

    def say(self, code, words):
        self.wfile.write(f"{code} {words}\r\n".encode())

    def take(self):
        self.say(354, "go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b".\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.keep(b"".join(lines))
        self.say(250, "taken")


class Mailbox(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Taker)
        self.letters, self.changed = [], threading.Condition()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def keep(self, content):
        letter = email.message_from_bytes(content, policy=email.policy.default)
        body = letter.get_body(("plain",))
        text = body.get_content() if body is not None else decode(letter)
        with self.changed:
            self.letters.append((letter["to"] or "", text))
            self.changed.notify_all()

    def code_for(self, person, seconds=30):
        """The six digits of the newest letter to this person."""
        until = time.monotonic() + seconds
        with self.changed:
            while True:
                for to, text in reversed(self.letters):
                    found = re.search(r"\b\d{6}\b", text)
                    if person in to and found:
                        return found[0]
                if not self.changed.wait(until - time.monotonic()):
                    raise RuntimeError(f"no letter with a code came to {person}")


def decode(letter):
    content = letter.get_payload(decode=False) or ""
    return base64.b64decode(content).decode("utf-8", "replace") if "base64" in str(letter["content-transfer-encoding"]).lower() else content
