"""Passwords and codes: Argon2id digests, made and compared in the same time whether or not there is one."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# The hasher: by default the low-memory Argon2id of RFC 9106; tests put a cheaper one here.
fabriquer_hacheur: Callable[[], PasswordHasher] = PasswordHasher


def hacher(secret: str) -> str:
    """The encoded digest of a secret. It takes a tenth of a second: call it without the store's lock."""
    return fabriquer_hacheur().hash(secret)


def est_le_secret(empreinte: str | None, secret: str) -> bool:
    """Whether `secret` has this digest; without a digest the same work is done, so that time reveals nothing."""
    hacheur = fabriquer_hacheur()
    try:
        return hacheur.verify(empreinte or _leurre(hacheur), secret.encode("utf-8", "surrogatepass"))
    except VerifyMismatchError:
        return False


def _leurre(hacheur: PasswordHasher) -> str:
    """A random encoded digest with the hasher's parameters, which no secret has."""
    sel, hachage = (
        base64.b64encode(secrets.token_bytes(longueur)).decode().rstrip("=")
        for longueur in (hacheur.salt_len, hacheur.hash_len)
    )
    parametres = f"m={hacheur.memory_cost},t={hacheur.time_cost},p={hacheur.parallelism}"
    return f"$argon2id$v=19${parametres}${sel}${hachage}"
