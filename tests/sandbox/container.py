"""A process that is as confined as a CI job's container, and then measures its sandbox or runs a command.

``python -m tests.sandbox.container PROFILE [ARGUMENT …]``: without arguments the level is measured, with them
``grader`` is run. Profiles deny by seccomp what containers deny:

* ``docker``: what Docker's default profile denies a container without capabilities;
* ``old``: the same where Landlock is unknown, as before Docker 23;
* ``no_seccomp``: nobody may load a filter of their own, as in some hosted notebooks.
"""

from __future__ import annotations

import errno
import json
import platform
import sys
from dataclasses import asdict

from grader.sandbox.bpf import ALLOW, ERRNO, Rule, assemble, equals, has_bit, loading
from grader.sandbox.libc import control
from grader.sandbox.syscalls import NUMBERS, machine

_NEW_NAMESPACES = 0x7E020000  # CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID, NET
_DENIED = """
               x86_64  aarch64
unshare           272       97
setns             308      268
mount             165       40
umount2           166       39
pivot_root        155       41
chroot            161       51
ptrace            101      117
process_vm_readv  310      270
process_vm_writev 311      271
bpf               321      280
perf_event_open   298      241
userfaultfd       323      282
io_uring_setup    425      425
keyctl            250      219
add_key           248      217
request_key       249      218
personality       135       92
open_by_handle_at 304      265
init_module       175      105
kexec_load        246      104
"""
_SET_SECCOMP = 22  # PR_SET_SECCOMP
_PRCTL = {"x86_64": 157, "aarch64": 167}


def rules(profile: str) -> tuple[Rule, ...]:
    """What the profile denies on this machine."""
    head, *rows = (line.split() for line in _DENIED.strip().splitlines())
    column = head.index(machine()) + 1
    denied = [Rule(int(row[column]), ERRNO | errno.EPERM) for row in rows]
    denied.append(Rule("clone", ERRNO | errno.EPERM, (has_bit(0, _NEW_NAMESPACES),)))
    denied.append(Rule("clone3", ERRNO | errno.ENOSYS))
    if profile == "old":
        denied += [
            Rule(f"landlock_{call}", ERRNO | errno.EPERM) for call in ("create_ruleset", "restrict_self")
        ]
    if profile == "no_seccomp":
        denied.append(Rule("seccomp", ERRNO | errno.EPERM))
        denied.append(Rule(_PRCTL[machine()], ERRNO | errno.EPERM, equals(0, _SET_SECCOMP)))
    return tuple(denied)


def main() -> None:
    """Confine this process, then do what was asked."""
    profile, *command = sys.argv[1:]
    control(38, 1)  # PR_SET_NO_NEW_PRIVS: containers of CI jobs are started so
    loading(assemble(machine(), rules(profile), ALLOW))()
    if command:
        from grader.cli import main as grader

        sys.argv = ["grader", *command]
        grader()
    from grader.sandbox import Sandbox

    with Sandbox() as sandbox:
        print(json.dumps(asdict(sandbox.measurement)))


if __name__ == "__main__":
    assert machine() in NUMBERS, platform.machine()
    main()
