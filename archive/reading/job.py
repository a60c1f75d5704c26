"""Puts this process into a job object of Windows, which bounds what it takes and ends it with another process.

Sources: Microsoft's pages on job objects, JOBOBJECT_EXTENDED_LIMIT_INFORMATION and DuplicateHandle.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

_PROCESS_DUP_HANDLE = 0x40
_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_DUPLICATE_SAME_ACCESS, _DUPLICATE_CLOSE_SOURCE = 2, 1
_BELOW_NORMAL = 0x4000
# Limits that are set: processes, priority, memory of each process, no dialog at a crash, all end with the last handle.
_SET = 0x8 | 0x20 | 0x100 | 0x400 | 0x2000


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", wintypes.LARGE_INTEGER),
        ("job_time", wintypes.LARGE_INTEGER),
        ("flags", wintypes.DWORD),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", wintypes.DWORD),
        ("affinity", ctypes.c_size_t),
        ("priority", wintypes.DWORD),
        ("scheduling", wintypes.DWORD),
    )


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _Basic),
        ("transferred", ctypes.c_ulonglong * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("most_process_memory", ctypes.c_size_t),
        ("most_job_memory", ctypes.c_size_t),
    )


if sys.platform == "win32":
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
    _kernel.CreateJobObjectW.restype = wintypes.HANDLE
    _kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
    _kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.DuplicateHandle.argtypes = (
        *(wintypes.HANDLE, wintypes.HANDLE, wintypes.HANDLE, wintypes.LPVOID),
        *(wintypes.DWORD, wintypes.BOOL, wintypes.DWORD),
    )

    def join(memory_bytes: int, owner: int) -> None:
        """Let this process take no more than `memory_bytes`, start no other, give way to others, and end with the
        process whose id is `owner`, even while a library loops. Raises OSError.

        The only handle of the job is given to the owner, so the system closes it with the owner, whatever ends that.
        """
        limits = _Extended(process_memory=memory_bytes)
        limits.basic.flags, limits.basic.processes, limits.basic.priority = _SET, 1, _BELOW_NORMAL
        job = _checked(_kernel.CreateJobObjectW(None, None))
        _checked(_kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)))
        this = _kernel.GetCurrentProcess()
        theirs = _checked(_kernel.OpenProcess(_PROCESS_DUP_HANDLE, False, owner))
        _checked(_kernel.AssignProcessToJobObject(job, this))
        how = _DUPLICATE_SAME_ACCESS | _DUPLICATE_CLOSE_SOURCE
        _checked(_kernel.DuplicateHandle(this, job, theirs, None, 0, False, how))
        _kernel.CloseHandle(theirs)

    def _checked(answer: int) -> int:
        """What a call answered, where it is not nought. Raises OSError."""
        if not answer:
            raise ctypes.WinError(ctypes.get_last_error())
        return answer
