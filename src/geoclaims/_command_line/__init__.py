"""The command line: `geoclaims` and `python -m geoclaims`."""

from __future__ import annotations

from collections.abc import Sequence

from geoclaims._command_line import streams
from geoclaims._command_line.arguments import parser
from geoclaims._errors import GeoclaimsError

_INVALID = 1
_INTERRUPTED = 130
_READER_GONE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, those of the process unless others are given.

    Returns:
        The exit code: 0 where all is well, 1 where data is invalid or a file or passage not found, 2 for wrong use, and
        as shells have it 130 after an interrupt and 141 where what read the output went away.
    """
    try:
        streams.use_utf_8()
        code = _run(arguments)
        streams.flush()
    except KeyboardInterrupt:
        streams.give_up_output()
        return _INTERRUPTED
    except BrokenPipeError:
        streams.give_up_output()
        return _READER_GONE
    except OSError as error:
        streams.give_up_output()
        streams.complain(error)
        return _INVALID
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        options = parser().parse_args(arguments)
        code: int = options.run(options)
    except SystemExit as stop:  # argparse has said what there is to say
        return int(stop.code or 0)
    except GeoclaimsError as error:
        streams.complain(error)
        return _INVALID
    return code
