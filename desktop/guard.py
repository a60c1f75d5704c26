"""Shuts the process in before anything else is loaded: no network, no core dump, no files for other users.

On Linux (x86_64 and aarch64) a seccomp filter lets the kernel make local sockets (AF_UNIX) only: those
reach the display, input methods and screen readers on this computer and nothing beyond it. Threads that
already run and processes started later are under it too, and nothing can lift it. On every system an
audit hook of Python raises `NetworkRefused` where Python code asks for the network: a tripwire for bugs
of ours, no wall, since native code passes it by. Which of the two holds is told by `status`.

Sources: seccomp(2) and prctl(2); the kernel's linux/seccomp.h, linux/audit.h, linux/bpf_common.h and
unistd.h; for the hook https://docs.python.org/3/library/audit_events.html.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from typing import Any, Literal

Status = Literal["seccomp", "hook-only"]

_LOCAL = 1  # AF_UNIX, the same number on every system
_INTERNET = (2, 10)  # AF_INET and AF_INET6 on Linux
_IMPOSSIBLE = -1  # no family has this number: the kernel itself answers EAFNOSUPPORT, only our filter EACCES

# Of each machine the word that marks its system calls in a filter, then the calls' numbers.
_MACHINES = {
    "x86_64": {"word": 0xC000003E, "socket": 41, "socketpair": 53, "seccomp": 317},
    "aarch64": {"word": 0xC00000B7, "socket": 198, "socketpair": 199, "seccomp": 277},
}
# Ways to a socket that pass `socket` by, numbered alike on both machines: io_uring_setup, pidfd_getfd.
_DETOURS = (425, 438)
_X32 = 0x40000000  # set in the number of a call made through x86_64's second, 32-bit entrance

# The filter's instructions (classic BPF), its verdicts, and where it finds what in struct seccomp_data.
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _WORD, _FAMILY = 0, 4, 16
_INSTRUCTION = struct.Struct("=HBBI")

_SET_DUMPABLE, _SET_NO_NEW_PRIVS = 4, 38  # prctl
_SET_MODE_FILTER, _ALL_THREADS = 1, 1  # seccomp
_NO_CRITICAL_ERROR_BOX, _NO_FAULT_REPORT, _NO_OPEN_FILE_BOX = 0x1, 0x2, 0x8000  # SetErrorMode
_NO_HEAP = 1  # WerSetFlags

_REFUSED = frozenset(
    {
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
        "http.client.connect",
        "urllib.Request",
        "webbrowser.open",
    }
)
_BY_SOCKET = frozenset({"socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto"})

_status: Status | None = None


class NetworkRefused(RuntimeError):
    """Code of this program asked for the network. Always a bug; a library would swallow an OSError."""


class _Program(ctypes.Structure):
    """struct sock_fprog: a filter as the kernel takes it."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def apply() -> None:
    """Guards this process, all its threads, and the processes it starts. Calling it again adds nothing."""
    global _status
    if _status is not None:
        return
    os.umask(0o077)
    if sys.platform == "win32":
        # Windows would keep a copy of the memory of a program that crashed, and may send it to Microsoft. This says
        # that no report is made, and should one be made all the same, that the heap is left out of it. Processes that
        # are started from here inherit the first.
        ctypes.windll.kernel32.SetErrorMode(_NO_CRITICAL_ERROR_BOX | _NO_FAULT_REPORT | _NO_OPEN_FILE_BOX)
        ctypes.windll.kernel32.WerSetFlags(_NO_HEAP)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    closed = False
    if sys.platform == "linux":
        # Qt would start a message bus where the session has none. It would outlive this process, under its filter, and
        # so would whatever other programs let it start. This uses the session's own, by its usual place, or none.
        os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "unix:runtime=yes")
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
        # Keeps other programs of the same user from reading the memory, and the system's crash handler from
        # keeping a copy of it, which a limit of nought on core files does not.
        libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
        # A process that a guarded one started is under the filter already; a second would only cost time.
        closed = _is_closed(libc) or (_install(libc) and _is_closed(libc))
    sys.addaudithook(_trip)
    _status = "seccomp" if closed else "hook-only"


def status() -> Status | None:
    """What keeps the network out of this process: the kernel and the hook, the hook only, or nothing yet."""
    return _status


def _trip(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED:
        raise NetworkRefused(event)
    if event in _BY_SOCKET:
        if arguments[0].family != _LOCAL:
            raise NetworkRefused(event)
    elif event == "socket.__new__" and arguments[1] not in (_LOCAL, -1):  # -1: the descriptor exists already
        raise NetworkRefused(event)


def _is_closed(libc: ctypes.CDLL) -> bool:
    """Whether the kernel refuses sockets of the internet; asks for one only where such a filter answers."""
    return all(_is_refused(libc, family) for family in (_IMPOSSIBLE, *_INTERNET))


def _is_refused(libc: ctypes.CDLL, family: int) -> bool:
    descriptor = libc.socket(family, 1, 0)
    if descriptor >= 0:
        os.close(descriptor)
        return False
    return ctypes.get_errno() == errno.EACCES


def _install(libc: ctypes.CDLL) -> bool:
    """Puts the filter over every thread; False where the kernel or the machine knows no such filter."""
    machine = _MACHINES.get(os.uname().machine) if sys.maxsize > 2**32 else None
    if machine is None or libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    code = _filter(machine)
    program = _Program(len(code) // _INSTRUCTION.size, code)
    libc.syscall.argtypes = (ctypes.c_long, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_void_p)
    return bool(libc.syscall(machine["seccomp"], _SET_MODE_FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)


def _filter(machine: dict[str, int]) -> bytes:
    """The filter in classic BPF, each instruction: operation, skips if true, skips if false, operand."""
    lines = [
        (_LOAD, 0, 0, _WORD),
        (_IF_EQUAL, 1, 0, machine["word"]),
        (_RETURN, 0, 0, _KILL),  # a 32-bit program: its calls have other numbers
        (_LOAD, 0, 0, _NUMBER),
        (_IF_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _FAIL | errno.ENOSYS),
    ]
    for detour in _DETOURS:
        lines += [(_IF_EQUAL, 0, 1, detour), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    lines += [
        (_IF_EQUAL, 2, 0, machine["socket"]),
        (_IF_EQUAL, 1, 0, machine["socketpair"]),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _FAMILY),  # its lower half; the kernel, too, reads the family as an int
        (_IF_EQUAL, 0, 1, _LOCAL),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL | errno.EACCES),  # what socket(2) documents for a socket that may not be made
    ]
    return b"".join(_INSTRUCTION.pack(*line) for line in lines)
