"""What takes from a process all that drawing a file does not need; each system gives as much of it as it can.

By `ctypes`: Python has none of these calls, and the libraries that wrap them want a shared library of their own
(libseccomp) that a poste may lack.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Any

MEMOIRE_MAX = 1024**3  # bytes, of address space
_ABONDANCE = 600_000_000  # bytes in memory; a scan of A3 at 600 dots an inch in colours takes 480 million to draw
_BIBLIOTHEQUE: Any = ctypes.CDLL(None, use_errno=True)

# prctl
_MORT_DU_PARENT, _SANS_PRIVILEGE, _LIRE_SANS_PRIVILEGE, _FILTRE = 1, 38, 39, 22
_MODE_FILTRE = 2
_SIGKILL = 9
# unshare
_UTILISATEURS, _RESEAU, _COMMUNICATIONS = 0x10000000, 0x40000000, 0x08000000

# Landlock: its three system calls have the same numbers everywhere. How many rights on files each version knows.
_CREER_DES_REGLES, _S_Y_TENIR = 444, 446
_DONNER_LA_VERSION = 1
_DROITS_SUR_LES_FICHIERS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_LIER_ET_APPELER, _PRISES_ET_SIGNAUX = 0b11, 0b11
_VERSION_DU_RESEAU, _VERSION_DES_PORTEES = 4, 6

# seccomp: a program over (number, architecture, …, arguments).
_CHARGER, _EGAL, _BIT, _RENDRE = 0x20, 0x15, 0x45, 0x06
_NUMERO, _ARCHITECTURE, _DRAPEAUX = 0, 4, 16
_PERMIS, _REFUSE, _TUE = 0x7FFF0000, 0x00050000, 0x80000000
_EPERM, _ENOSYS = 1, 38
_FIL = 0x00010000  # clone for a thread of the same process
# Machine -> its name for seccomp, and its column in `_APPELS`.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# All that a confined process may ask of the system: to read and answer through what is open, memory, time, threads,
# its end. Machine by machine, in the order of `_MACHINES`.
_APPELS = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "ppoll": (271, 73),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "gettimeofday": (96, 169),
    "times": (100, 153),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "recvfrom": (45, 207),
    "sendto": (44, 206),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
_CLONER, _CLONER_AUTREMENT = (56, 220), (435, 435)


@dataclass(frozen=True, slots=True)
class Protections:
    """What this system took from a confined process; `landlock` is its version, 0 without it."""

    sans_privilege: bool
    sans_reseau: bool
    landlock: int
    seccomp: bool


def se_separer() -> bool:
    """Give up new privileges, and leave the network: for this process and those that it begets.

    Returns whether the system allowed the second. The process must have one thread.
    """
    _BIBLIOTHEQUE.prctl(_SANS_PRIVILEGE, 1, 0, 0, 0)
    a_quitter = _RESEAU | _COMMUNICATIONS
    # Without privilege a network of one's own wants a space of users too, which some systems refuse.
    return any(_BIBLIOTHEQUE.unshare(espaces) == 0 for espaces in (_UTILISATEURS | a_quitter, a_quitter))


def mourir_avec_le_parent() -> None:
    _BIBLIOTHEQUE.prctl(_MORT_DU_PARENT, _SIGKILL, 0, 0, 0)


def se_confiner(secondes: int, *, sans_reseau: bool) -> Protections:
    """Keep only what is open, `MEMOIRE_MAX` bytes of address space and `secondes` of processor time. For good.

    Import all that is needed before: from here on the process opens nothing and starts nothing.
    """
    if sys.platform == "win32":  # there only the parent's time limit applies
        return Protections(sans_privilege=False, sans_reseau=False, landlock=0, seccomp=False)
    import resource

    landlock = _se_tenir_a_rien()
    for limite, valeur in (
        (resource.RLIMIT_AS, MEMOIRE_MAX),
        (resource.RLIMIT_CPU, secondes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # what is open stays: the answers, and two ways to nowhere
    ):
        resource.setrlimit(limite, (valeur, valeur))
    sans_privilege = _BIBLIOTHEQUE.prctl(_LIRE_SANS_PRIVILEGE, 0, 0, 0, 0) == 1
    return Protections(sans_privilege, sans_reseau, landlock, _filtrer_les_appels())


def tomber_si_la_memoire_a_manque() -> None:
    """Raise MemoryError if so much was taken that some of it may have been refused.

    PDFium then leaves out what it had no room for, and says nothing.
    """
    import resource

    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > _ABONDANCE:
        raise MemoryError


def _se_tenir_a_rien() -> int:
    """With Landlock, lose every right on files, on TCP, and on processes outside; returns its version."""
    version = max(0, _BIBLIOTHEQUE.syscall(_CREER_DES_REGLES, None, ctypes.c_size_t(0), _DONNER_LA_VERSION))
    if not version:
        return 0
    droits = (1 << _DROITS_SUR_LES_FICHIERS[min(version, max(_DROITS_SUR_LES_FICHIERS))]) - 1
    reseau = _LIER_ET_APPELER if version >= _VERSION_DU_RESEAU else 0
    portees = _PRISES_ET_SIGNAUX if version >= _VERSION_DES_PORTEES else 0
    champs = (droits, reseau, portees)[: 3 if portees else 2 if reseau else 1]
    regles = struct.pack(f"={len(champs)}Q", *champs)
    fd = _BIBLIOTHEQUE.syscall(_CREER_DES_REGLES, regles, ctypes.c_size_t(len(regles)), 0)
    if fd < 0:
        return 0
    tenu = _BIBLIOTHEQUE.syscall(_S_Y_TENIR, fd, 0) == 0
    os.close(fd)
    return version if tenu else 0


def _filtrer_les_appels() -> bool:
    """With seccomp, refuse every system call but those of `_APPELS`; returns whether this system can."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    architecture, colonne = machine
    programme = [
        _pas(_CHARGER, _ARCHITECTURE),
        _pas(_EGAL, architecture, sinon=0, si=1),
        _pas(_RENDRE, _TUE),
        _pas(_CHARGER, _NUMERO),
    ]
    for numeros in _APPELS.values():
        programme += [_pas(_EGAL, numeros[colonne], sinon=1), _pas(_RENDRE, _PERMIS)]
    programme += [
        # Told that it is unknown, the library makes threads by the older call, whose flags can be read here.
        _pas(_EGAL, _CLONER_AUTREMENT[colonne], sinon=1),
        _pas(_RENDRE, _REFUSE | _ENOSYS),
        _pas(_EGAL, _CLONER[colonne], sinon=3),
        _pas(_CHARGER, _DRAPEAUX),
        _pas(_BIT, _FIL, sinon=1),
        _pas(_RENDRE, _PERMIS),
        _pas(_RENDRE, _REFUSE | _EPERM),
    ]
    pas = ctypes.create_string_buffer(b"".join(programme))
    tete = ctypes.create_string_buffer(struct.pack("@HP", len(programme), ctypes.addressof(pas)))
    return bool(_BIBLIOTHEQUE.prctl(_FILTRE, _MODE_FILTRE, tete, 0, 0) == 0)


def _pas(code: int, valeur: int, *, si: int = 0, sinon: int = 0) -> bytes:
    """An instruction; a comparison skips `si` instructions where it holds, else `sinon`."""
    return struct.pack("=HBBI", code, si, sinon, valeur)
