"""`python -m geoclaims`: the command line."""

import sys

from geoclaims._command_line import main

if __name__ == "__main__":
    sys.exit(main())
