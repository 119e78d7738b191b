from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says more of the machine than of the code; in CI, every run tries the same examples.
settings.register_profile(
    "geoclaims",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("geoclaims")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of articles and corpora by others beside the repository: read in place, never copied."""
    folder = Path(os.environ.get("GEOCLAIMS_SHARED") or Path(__file__).parents[2] / "shared")
    if folder.is_dir():
        return folder
    reason = f"no folder {folder}; GEOCLAIMS_SHARED may name another"
    if os.environ.get("CI") == "true" or os.environ.get("GEOCLAIMS_REQUIRE_SHARED"):
        pytest.fail(reason)
    pytest.skip(reason)
