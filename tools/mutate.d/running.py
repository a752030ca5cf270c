"""Runs the program on a mutated package and judges how it ended."""
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time

SANITIZER_EXIT = 99
REPORTS = ("runtime error:", "AddressSanitizer", "LeakSanitizer", "UndefinedBehaviorSanitizer", "terminate called", "Assertion")
EXPECTED = {0, 1, 2, 3, 4, 5, 64}


class Ended:
    def __init__(self, status, finding, seconds, said):
        self.status, self.finding, self.seconds, self.said = status, finding, seconds, said


def environment():
    given = dict(os.environ, LANG="C.UTF-8")
    given["ASAN_OPTIONS"] = f"exitcode={SANITIZER_EXIT}:detect_leaks=0:allocator_may_return_null=1"
    given["UBSAN_OPTIONS"] = f"halt_on_error=1:print_stacktrace=1:exitcode={SANITIZER_EXIT}"
    return given


def limit(megabytes):
    def set_limits():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000_000, 200_000_000))
        if megabytes:  # not with AddressSanitizer, which reserves addresses for its shadow
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    return set_limits


def finding_of(status, said, out):
    if status < 0:
        return f"signal {-status}"
    report = next((line for line in said.splitlines() if any(word in line for word in REPORTS)), None)
    if report or status == SANITIZER_EXIT:
        return "sanitizer: " + (report or "")[:160]
    if status == 70:
        return "exit 70"
    if status not in EXPECTED:
        return f"exit {status}"
    if status != 0 and not said.strip():
        return "refused without a word"
    if status in (2, 5, 64) and out and os.path.lexists(out):
        return "refused, but something was written"
    return None


class Forking:
    """The program forking_hanjari of the tests: one process that forks for each call, for one thread of ours."""
    of_thread = threading.local()

    def __init__(self, program):
        self.said = tempfile.NamedTemporaryFile(prefix="said-")
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())

    @classmethod
    def of(cls, program):
        one = getattr(cls.of_thread, "one", None)
        if one is None or one.process.poll() is not None:
            one = cls.of_thread.one = cls(program)
        return one

    def call(self, words, seconds):
        """How it ended, as subprocess says it: the exit status, or a signal's number below zero; and what it said."""
        line = "\x1f".join([self.said.name, str(int(seconds)), *words]) + "\n"
        self.process.stdin.write(os.fsencode(line))
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"the forking program has ended at: {words}")
        with open(self.said.name, "rb") as file:
            return os.waitstatus_to_exitcode(int(answer)), file.read().decode("utf-8", "replace")


def run_forked(command, out, seconds):
    began = time.monotonic()
    status, said = Forking.of(command[0]).call(command[1:], seconds)
    if status == -signal.SIGALRM:
        finding = f"still running after {seconds} s"
    else:
        finding = finding_of(status, said, out)
    return Ended(status, finding, time.monotonic() - began, said)


def run(command, out, seconds, megabytes):
    if os.path.basename(command[0]) == "forking_hanjari":
        return run_forked(command, out, seconds)
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment(),
                               preexec_fn=limit(megabytes))
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
        return Ended(process.returncode, f"still running after {seconds} s", time.monotonic() - began, said.decode("utf-8", "replace"))
    text = said.decode("utf-8", "replace")
    return Ended(process.returncode, finding_of(process.returncode, text, out), time.monotonic() - began, text)
