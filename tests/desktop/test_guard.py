"""The guard: what the kernel and the hook refuse, in the process, its threads and its children."""

from __future__ import annotations

import errno
import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import guard
from tests import tracing

FAMILIES = {"AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17, "AF_ALG": 38, "AF_VSOCK": 40}

# What every script below begins with: `ask` goes to the kernel itself, past Python and its hook.
ASK = """
import ctypes, json, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def ask(call, *arguments):
    result = call(*arguments)
    return 0 if result >= 0 else ctypes.get_errno()
"""
GUARD = "from desktop import guard\nguard.apply()\n"

kernel = pytest.mark.skipif(
    sys.platform != "linux" or os.uname().machine not in guard._MACHINES, reason="no filter for this system"
)


def answer(script: str) -> Any:
    """Runs the script in a process of its own and returns the JSON that it prints."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@kernel
def test_the_kernel_makes_local_sockets_only() -> None:
    script = f"""{ASK}{GUARD}
families = {FAMILIES}
pair = ctypes.create_string_buffer(8)
print(json.dumps({{
    "status": guard.status(),
    "socket": {{name: ask(libc.socket, family, 2, 0) for name, family in families.items()}},
    "socketpair": {{name: ask(libc.socketpair, family, 2, 0, pair) for name, family in families.items()}},
    "high half": ask(libc.syscall, ctypes.c_long({guard._MACHINES[os.uname().machine]["socket"]}),
        ctypes.c_ulong(1 << 32 | 2), ctypes.c_ulong(2), ctypes.c_ulong(0)),
    "local": ask(libc.socket, 1, 1, 0),
    "local pair": ask(libc.socketpair, 1, 1, 0, pair),
}}))"""
    refused = dict.fromkeys(FAMILIES, errno.EACCES)
    assert answer(script) == {
        "status": "seccomp",
        "socket": refused,
        "socketpair": refused,
        "high half": errno.EACCES,
        "local": 0,
        "local pair": 0,
    }


@kernel
@pytest.mark.parametrize("number", guard._DETOURS)
def test_the_ways_around_a_socket_call_are_closed(number: int) -> None:
    script = f"{ASK}{GUARD}print(ask(libc.syscall, {number}, 1, ctypes.create_string_buffer(256), 0))"
    assert answer(script) == errno.ENOSYS


@kernel
def test_a_thread_that_ran_before_is_under_the_filter() -> None:
    script = f"""{ASK}
import threading
go, answers = threading.Event(), []
thread = threading.Thread(target=lambda: (go.wait(), answers.append(ask(libc.socket, 2, 1, 0))))
thread.start()
{GUARD}
go.set()
thread.join()
print(json.dumps(answers))"""
    assert answer(script) == [errno.EACCES]


@kernel
def test_another_program_started_from_here_is_under_the_filter() -> None:
    child = ASK + "print(ask(libc.socket, 2, 1, 0))"
    script = f"{GUARD}import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}], check=True)"
    assert answer(script) == errno.EACCES


def test_a_worker_process_is_guarded_and_its_pipe_works(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(f"""{ASK}{GUARD}
import multiprocessing

def work(pipe):
    pipe.send([guard.status(), ask(libc.socket, 2, 1, 0), pipe.recv()])

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    worker = context.Process(target=work, args=[there])
    worker.start()
    here.send("heard")
    print(json.dumps([guard.status(), *here.recv()]))
    worker.join()
""")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    here, there, refusal, heard = json.loads(done.stdout)
    assert here == there
    assert heard == "heard"
    assert (refusal == errno.EACCES) == (there == "seccomp")


@kernel
def test_a_guarded_process_started_from_a_guarded_one_adds_no_second_filter() -> None:
    count = "print([l.split()[1] for l in open('/proc/self/status') if l.startswith('Seccomp_filters')][0])"
    again = f"{GUARD}{count}"
    script = f"{GUARD}import subprocess, sys\nsubprocess.run([sys.executable, '-c', {again!r}], check=True)"
    assert answer(script) == answer(f"{GUARD}{count}")


@kernel
def test_nothing_of_the_process_is_kept_or_shown_to_others() -> None:
    script = f"""{ASK}{GUARD}
import resource
print(json.dumps([libc.prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE), os.umask(0)]))"""
    assert answer(script) == [0, [0, 0], 0o077]


@kernel
@pytest.mark.parametrize(("given_", "used"), [(None, "unix:runtime=yes"), ("disabled:", "disabled:")])
def test_the_session_bus_is_used_but_never_started(given_: str | None, used: str) -> None:
    given_here = f"import os\nos.environ.pop('DBUS_SESSION_BUS_ADDRESS', None)\nif {given_!r}:\n"
    given_here += f"    os.environ['DBUS_SESSION_BUS_ADDRESS'] = {given_!r}\n"
    assert answer(f"{given_here}{GUARD}import json\nprint(json.dumps(os.environ['DBUS_SESSION_BUS_ADDRESS']))") == used


@pytest.mark.parametrize(
    "request_",
    [
        "socket.socket()",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.gethostbyname('localhost')",
        "urllib.request.urlopen('http://127.0.0.1:9/')",
        "http.client.HTTPConnection('127.0.0.1').connect()",
        "webbrowser.GenericBrowser('true').open('http://127.0.0.1:9/')",
    ],
)
def test_the_hook_raises_where_python_asks_for_the_network(request_: str) -> None:
    script = f"""{GUARD}
import http.client, socket, urllib.request, webbrowser
try:
    {request_}
except guard.NetworkRefused as refusal:
    print('"refused"')"""
    assert answer(script) == "refused"


def test_the_hook_stands_alone_where_there_is_no_filter_for_the_machine() -> None:
    script = f"""from desktop import guard
guard._MACHINES.clear()
{GUARD}
import json, socket
try:
    socket.socket()
except guard.NetworkRefused:
    here, there = socket.socketpair()
    here.sendall(b"x")
    print(json.dumps([guard.status(), there.recv(1).decode()]))"""
    assert answer(script) == ["hook-only", "x"]


def verdict(program: bytes, word: int, number: int, family: int) -> int:
    """What the kernel would make of a call: runs the filter's classic BPF by its definition (bpf_common.h)."""
    data = struct.pack("<IIQ6Q", number, word, 0, family, 0, 0, 0, 0, 0)
    lines = list(struct.iter_unpack("=HBBI", program))
    at = accumulator = 0
    while True:
        operation, if_true, if_false, operand = lines[at]
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, operand)
            case 0x15:
                at += if_true if accumulator == operand else if_false
            case 0x35:
                at += if_true if accumulator >= operand else if_false
            case 0x06:
                return operand
            case _:
                raise AssertionError(f"no such operation: {operation:#x}")


WORDS = [0x40000003, *(machine["word"] for machine in guard._MACHINES.values())]
NUMBERS = sorted({*guard._DETOURS, *(n for m in guard._MACHINES.values() for name, n in m.items() if name != "word")})


@given(
    machine=st.sampled_from(sorted(guard._MACHINES)),
    word=st.sampled_from(WORDS) | st.integers(0, 2**32 - 1),
    number=st.sampled_from([*NUMBERS, guard._X32 | 41]) | st.integers(0, 2**32 - 1),
    family=st.sampled_from([0, 1, 2, 10, 16, 2**32 | 1, 2**32 | 2]) | st.integers(0, 2**64 - 1),
)
def test_the_filter_of_each_machine_judges_every_call(machine: str, word: int, number: int, family: int) -> None:
    calls = guard._MACHINES[machine]
    if word != calls["word"]:
        expected = 0x80000000  # SECCOMP_RET_KILL_PROCESS
    elif number >= guard._X32 or number in guard._DETOURS:
        expected = 0x00050000 | errno.ENOSYS
    elif number in (calls["socket"], calls["socketpair"]) and family % 2**32 != 1:
        expected = 0x00050000 | errno.EACCES
    else:
        expected = 0x7FFF0000  # SECCOMP_RET_ALLOW
    assert verdict(guard._filter(calls), word, number, family) == expected


traced = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")

# A program that opens a window, uses what the desktop's plugins load, and closes.
WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
application = QApplication(sys.argv)
line = QLineEdit("text")
dialog = QFileDialog(line)
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
line.show()
dialog.show()
QTimer.singleShot(300, application.quit)
application.exec()
assert "libQt6Network" not in open("/proc/self/maps").read()
"""


@traced
def test_the_trace_sees_an_unguarded_program_reach_out(tmp_path: Path) -> None:
    calls = tracing.trace([sys.executable, "-c", "import socket; socket.socket()"], tmp_path)
    assert tracing.Call("socket", "AF_INET", succeeded=True) in tracing.foreign(calls)


@traced
@kernel
def test_qt_without_a_display_makes_no_other_socket(tmp_path: Path) -> None:
    calls = tracing.trace([sys.executable, "-c", GUARD + WINDOW], tmp_path, {"QT_QPA_PLATFORM": "offscreen"})
    assert tracing.Call("socket", "AF_INET", succeeded=False) in calls
    assert not tracing.foreign(calls)


@traced
@kernel
def test_qt_on_a_display_makes_no_other_socket(tmp_path: Path) -> None:
    with tracing.display() as environment:
        calls = tracing.trace([sys.executable, "-c", GUARD + WINDOW], tmp_path, environment)
    assert tracing.Call("connect", "AF_UNIX", succeeded=True) in calls
    assert not tracing.foreign(calls)
