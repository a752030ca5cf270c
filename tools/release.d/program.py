"""The program with a database of its own: commands, serving, and how it is killed."""
import os
import signal
import socket
import subprocess
import time

PASSWORD = "a long enough password"
VICTIMS = ("program", "database", "both")
LONGEST_START = 180  # seconds


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Program:
    def __init__(self, binary, folder, settings):
        self.binary, self.folder, self.settings, self.data = binary, folder, settings, f"{folder}/data"
        self.ports = {name: free_port() for name in ("portal", "office", "operations")}
        self.environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        self.child, self.starts = None, 0

    def portal(self):
        return self.ports["portal"]

    def office(self):
        return self.ports["office"]

    def run(self, *words, status=0):
        done = subprocess.run([self.binary, *words], input=f"{PASSWORD}\n", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              env=self.environment, check=False)
        if done.returncode != status:
            raise RuntimeError(f"hanjari {' '.join(words)} ended with {done.returncode}: {done.stderr[-1500:]}{done.stdout[-1500:]}")
        return done.stdout

    def owned(self, *words):
        return self.run(*words, "--data", self.data)

    def serve(self):
        """Waits until it answers. The kernel ends it with us."""
        self.starts += 1
        said = f"{self.folder}/serve-{self.starts}.log"
        ports = [word for name, port in self.ports.items() for word in (f"--{name}-port", str(port))]
        with open(said, "wb") as log:
            self.child = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", self.binary, "serve", "--data", self.data, "--config", self.settings, *ports],
                                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, env=self.environment)
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until:
            with open(said, encoding="utf-8", errors="replace") as log:
                words = log.read()
            if "ready; " in words:
                return
            if self.child.poll() is not None:
                raise RuntimeError(f"serve ended with {self.child.returncode}: {words[-1500:]}")
            time.sleep(0.02)
        raise RuntimeError(f"serve is not ready after {LONGEST_START} s: {words[-1500:]}")

    def database_processes(self):
        """The servers of the database that our program has started."""
        found = []
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            try:
                with open(f"/proc/{name}/stat", encoding="latin-1") as file:
                    text = file.read()
            except OSError:
                continue
            inside, after = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
            if int(after[1]) == self.child.pid and inside.startswith(("mariadbd", "mysqld")):
                found.append(int(name))
        return found

    def kill(self, victim):
        """kill -9; with the program its own database goes too. Whatever is left is gone when this returns."""
        if victim in ("database", "both"):
            for process in self.database_processes():
                os.kill(process, signal.SIGKILL)
        if victim == "database":
            time.sleep(1)  # what a program without its database answers is read meanwhile
        self.end()

    def end(self):
        if self.child is not None and self.child.poll() is None:
            self.child.kill()
        if self.child is not None:
            self.child.wait()

    def stop(self):
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(60)
            except subprocess.TimeoutExpired:
                self.end()
