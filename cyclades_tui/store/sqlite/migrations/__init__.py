"""The history of the schema, and the only way to create or change one (decision 8)."""

from __future__ import annotations

from pathlib import Path

REVISION = "0008"  # what this release reads and writes; revisions are four digits and sort as text

SCRIPTS = Path(__file__).parent
