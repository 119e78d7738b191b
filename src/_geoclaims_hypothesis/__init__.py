"""Register geoclaims' strategies with Hypothesis, which loads this module when it is imported.

It is outside the package, so that Hypothesis does not import geoclaims in programs that do not use it.
"""

from __future__ import annotations

import sys


def register() -> None:
    """Register the strategies if the models are already loaded; otherwise the models do it when they are."""
    if sys.modules.get("geoclaims"):  # None marks a module that must not be imported
        from geoclaims._registration import register_strategies

        register_strategies()
