"""The schema's history and the one way to make or change a schema (decision 8)."""

from __future__ import annotations

from pathlib import Path

REVISION = "0005"  # what this release reads and writes; revisions are four digits and sort as text

SCRIPTS = Path(__file__).parent
