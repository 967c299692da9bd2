"""Numbers of Linux system calls on the two machines that the seal knows, side by side.

From the kernel's ``arch/x86/entry/syscalls/syscall_64.tbl`` and ``include/uapi/asm-generic/unistd.h``.
A dash: that machine has no such call (aarch64 left out what a newer call covers).
"""

from __future__ import annotations

import platform

AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""``seccomp_data.arch`` of a native call; a foreign one (i386 on x86-64) has another."""

X32_BIT = 0x40000000
"""Set in the numbers of x32 calls, which share x86-64's architecture."""

_TABLE = """
                       x86_64  aarch64
read                        0       63
write                       1       64
close                       3       57
fstat                       5       80
poll                        7        -
ppoll                     271       73
lseek                       8       62
mmap                        9      222
mprotect                   10      226
pkey_mprotect             329      288
munmap                     11      215
mremap                     25      216
brk                        12      214
madvise                    28      233
membarrier                324      283
rt_sigaction               13      134
rt_sigprocmask             14      135
rt_sigreturn               15      139
sigaltstack               131      132
pread64                    17       67
readv                      19       65
writev                     20       66
ioctl                      16       29
fcntl                      72       25
futex                     202       98
set_robust_list           273       99
rseq                      334      293
sched_yield                24      124
sched_getaffinity         204      123
nanosleep                  35      101
clock_nanosleep           230      115
clock_gettime             228      113
clock_getres              229      114
gettimeofday               96      169
times                     100      153
getrusage                  98      165
sysinfo                    99      179
uname                      63      160
prlimit64                 302      261
getcwd                     79       17
getpid                     39      172
gettid                    186      178
getuid                    102      174
geteuid                   107      175
getgid                    104      176
getegid                   108      177
getrandom                 318      278
restart_syscall           219      128
exit                       60       93
exit_group                231       94
clone                      56      220
clone3                    435      435
shmat                      30      196
shmget                     29      194
shmctl                     31      195
process_vm_readv          310      270
memfd_create              319      279
unshare                   272       97
seccomp                   317      277
landlock_create_ruleset   444      444
landlock_restrict_self    446      446
"""


def _read(machine: str) -> dict[str, int]:
    head, *rows = (line.split() for line in _TABLE.strip().splitlines())
    column = head.index(machine) + 1
    return {row[0]: int(row[column]) for row in rows if row[column] != "-"}


NUMBERS = {machine: _read(machine) for machine in AUDIT_ARCHITECTURE}
"""Machine → name → number."""


def machine() -> str:
    """The machine that we are on, by the name that the tables use."""
    architecture = platform.machine().lower()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(architecture, architecture)


def number(name: str) -> int:
    """A call's number on this machine. KeyError where the table has none."""
    return NUMBERS[machine()][name]
