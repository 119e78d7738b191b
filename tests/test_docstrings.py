from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import geoclaims

MODULES = [module.name for module in pkgutil.walk_packages(geoclaims.__path__, "geoclaims.")]


@pytest.mark.parametrize("name", ["geoclaims", *(name for name in MODULES if not name.endswith("__main__"))])
def test_the_examples_in_docstrings_print_what_they_say(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
