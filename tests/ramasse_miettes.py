"""A pytest plugin: the collector looks less often."""

import gc


def pytest_collection_finish() -> None:
    """Spare the collector what lives as long as the tests: it took a sixth of their time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
