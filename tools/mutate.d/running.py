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
    given["ASAN_OPTIONS"] = f"exitcode={SANITIZER_EXIT}:detect_leaks=0:allocator_may_return_null=1:malloc_context_size=2"
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
    """The program forking_hanjari of the tests: one process that forks for some calls at a time, for one thread of ours."""
    of_thread = threading.local()

    def __init__(self, program):
        self.said = tempfile.TemporaryDirectory(prefix="said-")
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())

    @classmethod
    def of(cls, program):
        one = getattr(cls.of_thread, "one", None)
        if one is None or one.process.poll() is not None:
            one = cls.of_thread.one = cls(program)
        return one

    def call(self, commands, seconds):
        """How each ended, as subprocess says it: the exit status, or a signal's number below zero; and what it said."""
        files = [f"{self.said.name}/{number}" for number in range(len(commands))]
        lines = ["\x1f".join([file, str(int(seconds)), *words]) + "\n" for file, words in zip(files, commands)]
        self.process.stdin.write(os.fsencode("".join(lines) + "\n"))
        self.process.stdin.flush()
        ended = []
        for file, words in zip(files, commands):
            answer = self.process.stdout.readline()
            if not answer:
                raise SystemExit(f"the forking program has ended at: {words}")
            with open(file, "rb") as said:
                ended.append((os.waitstatus_to_exitcode(int(answer)), said.read().decode("utf-8", "replace")))
        return ended


def run_forked(commands, outs, seconds):
    began = time.monotonic()
    ended = Forking.of(commands[0][0]).call([command[1:] for command in commands], seconds)
    each = (time.monotonic() - began) / len(commands)
    return [Ended(status, f"still running after {seconds} s" if status == -signal.SIGALRM else finding_of(status, said, out), each, said)
            for (status, said), out in zip(ended, outs)]


def forks(program):
    return os.path.basename(program) == "forking_hanjari"


def run_some(commands, outs, seconds, megabytes):
    """Runs commands of one program; `outs` are the folders that must not be there after a refusal, None where the command writes none."""
    if forks(commands[0][0]):
        return run_forked(commands, outs, seconds)
    return [run(command, out, seconds, megabytes) for command, out in zip(commands, outs)]


def run(command, out, seconds, megabytes):
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
