"""Run the command line, so that an interrupt ends the program `geoclaims` without a traceback at any moment.

It is outside the package, of which nothing can be imported without the models: they take longer than many a command.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # `typing` takes longer to import than all of this
if TYPE_CHECKING:
    from typing import NoReturn

_INTERRUPTED = 128 + signal.SIGINT  # as a shell says


def main() -> int:
    """Load the command line and run it.

    Returns:
        The exit code.
    """
    interrupted = False

    def interrupt(number: int, frame: object) -> NoReturn:
        del number, frame
        nonlocal interrupted
        interrupted = True
        raise KeyboardInterrupt

    def set_handler(handler: object) -> None:
        if is_ours:
            signal.signal(signal.SIGINT, handler)  # type: ignore[arg-type]

    is_ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # nobody asked to ignore it
    set_handler(_end)
    code = 1
    try:
        from geoclaims._command_line import main as run
        from geoclaims._json.parsing import quick_dumps

        quick_dumps()  # orjson, where it is installed, crashes if an exception is raised while it is loaded
        set_handler(interrupt)  # now there may be files to remove
        code = run()
    except MemoryError:  # while it was loaded
        sys.stderr.write("geoclaims: not enough memory\n")
    except BaseException:
        if not interrupted:
            raise
    finally:
        set_handler(_end)
    # What an interrupt hits may catch it, or raise another error.
    return _INTERRUPTED if interrupted else code


def _end(number: int, frame: object) -> NoReturn:
    del number, frame
    os._exit(_INTERRUPTED)
