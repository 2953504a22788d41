"""Examples that hypothesis draws are the same at every run; `pytest --hypothesis-profile=default` searches anew."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("stable", derandomize=True, deadline=None)
settings.load_profile("stable")
