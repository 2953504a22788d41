"""Types for comparing an application with its pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.pilot import Pilot

Geste = Callable[[Pilot[None]], Awaitable[object]]
Images = Callable[..., Awaitable[None]]
