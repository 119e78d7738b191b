"""What Hypothesis calls when it is imported: it tells Hypothesis of geoclaims' strategies if geoclaims is in use.

It stands outside the package, so that those who have geoclaims installed and do not use it pay nothing for it.
"""

from __future__ import annotations

import sys


def register() -> None:
    """Register the strategies where the models are loaded already; where not, the models do it when they are."""
    if sys.modules.get("geoclaims"):  # None stands there for what must not be imported
        from geoclaims._registration import register_strategies

        register_strategies()
