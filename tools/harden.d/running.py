"""Runs a command in a session of its own, with its output in a file, and ends the whole session when we end."""
import os
import signal
import subprocess
import threading

_running = set()
_lock = threading.Lock()


def run(words, log, environment, seconds=None):
    """The exit status (124 when the time was over)."""
    with open(log, "ab") as said:
        said.write((" ".join(words) + "\n").encode())
        said.flush()
        # The kernel ends the command if we are killed; the session is ended by us otherwise.
        process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *words], stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                                   env={**os.environ, **environment}, start_new_session=True)
    with _lock:
        _running.add(process)
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        status = 124
    finally:
        end(process)
    return status


def end(process):
    """Whatever the command left in its session is ended too."""
    with _lock:
        _running.discard(process)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def end_all():
    with _lock:
        left = list(_running)
    for process in left:
        end(process)
