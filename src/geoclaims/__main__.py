"""`python -m geoclaims`: the command line."""

import sys

from geoclaims._command_line import main

sys.exit(main())
