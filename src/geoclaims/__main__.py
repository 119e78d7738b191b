"""`python -m geoclaims`: the command line."""

import sys

from _geoclaims_program import main

sys.exit(main())
