"""Argon2id with the lowest cost: the tests' passwords are no secrets."""

from __future__ import annotations

from argon2 import PasswordHasher


class HacheurRapide(PasswordHasher):
    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
