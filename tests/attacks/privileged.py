"""Programs that gain privileges when they are started, for the attacks to start.

One program, three copies: set-user-id, set-group-id, and with a capability of its file. It asks to become
root, or a member of root's group; if that is granted it writes ``answer`` to descriptor 3.
"""

from __future__ import annotations

import os
import platform
import shutil
import struct
import tempfile
from pathlib import Path

_MACHINES = {"x86_64": 62, "aarch64": 183}
_BASE, _HEAD = 0x400000, 120


def prepare(answer: bytes) -> Path | None:
    """A folder of root's with the three programs; None where that cannot be done."""
    folder = Path(tempfile.mkdtemp(prefix="grader-attacks-privileged-"))
    if os.geteuid() != 0 or platform.machine() not in _MACHINES or os.statvfs(folder).f_flag & os.ST_NOSUID:
        folder.rmdir()
        return None
    folder.chmod(0o755)
    for name, mode in (("set_user_id", 0o4755), ("set_group_id", 0o2755), ("file_capability", 0o755)):
        path = folder / name
        path.write_bytes(program(answer))
        path.chmod(mode)
    set_user = 1 << 7  # CAP_SETUID
    capability = struct.pack("<5I", 0x02000001, set_user, 0, 0, 0)
    try:
        os.setxattr(folder / "file_capability", "security.capability", capability)
    except OSError:
        shutil.rmtree(folder)
        return None
    return folder


def program(answer: bytes) -> bytes:
    """An ELF file without a library: ``if setuid(0) == 0 or setgid(0) == 0: write(3, answer)``."""
    make = {"x86_64": _x86_64, "aarch64": _aarch64}[platform.machine()]
    code = make(_BASE + _HEAD + len(make(0, 0)), len(answer))
    size = _HEAD + len(code) + len(answer)
    head = b"\x7fELF\2\1\1".ljust(16, b"\0")
    machine = _MACHINES[platform.machine()]
    head += struct.pack("<HHIQQQIHHHHHH", 2, machine, 1, _BASE + _HEAD, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    head += struct.pack("<IIQQQQQQ", 1, 5, 0, _BASE, _BASE, size, size, 4096)
    return head + code + answer


def _x86_64(text: int, size: int) -> bytes:
    def call(number: int) -> bytes:
        return b"\xb8" + struct.pack("<I", number) + b"\x0f\x05"  # mov eax, number; syscall

    granted = b"\xbf\3\0\0\0\xbe" + struct.pack("<I", text) + b"\xba" + struct.pack("<I", size) + call(1)
    ask_for_user = b"\x31\xff" + call(105) + b"\x85\xc0"  # xor edi, edi; setuid; test eax, eax
    ask_for_group = b"\x31\xff" + call(106) + b"\x85\xc0"
    end = b"\x31\xff" + call(231)
    skip_group = b"\x74" + bytes([len(ask_for_group) + 2])  # jz granted
    skip_answer = b"\x75" + bytes([len(granted)])  # jnz end
    return ask_for_user + skip_group + ask_for_group + skip_answer + granted + end


def _aarch64(text: int, size: int) -> bytes:
    def move(register: int, value: int) -> list[int]:  # movz, movk
        return [
            0xD2800000 | (value & 0xFFFF) << 5 | register,
            0xF2A00000 | (value >> 16 & 0xFFFF) << 5 | register,
        ]

    def call(number: int) -> list[int]:
        return [*move(8, number), 0xD4000001]

    granted = [*move(0, 3), *move(1, text), *move(2, size), *call(64)]
    ask_for_user, ask_for_group = [*move(0, 0), *call(146)], [*move(0, 0), *call(144)]
    skip_group = [0xB4000000 | (len(ask_for_group) + 2) << 5]  # cbz x0
    skip_answer = [0xB5000000 | (len(granted) + 1) << 5]  # cbnz x0
    words = [*ask_for_user, *skip_group, *ask_for_group, *skip_answer, *granted, *move(0, 0), *call(94)]
    return struct.pack(f"<{len(words)}I", *words)
