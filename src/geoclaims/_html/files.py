"""Read the styles and the script that come with the package."""

from __future__ import annotations

from importlib.resources import files


def read(name: str) -> str:
    """Read a file in the folder of this module.

    >>> ".geoclaims mark" in read("claims.css")
    True
    """
    return files("geoclaims._html").joinpath(name).read_text(encoding="utf-8")
