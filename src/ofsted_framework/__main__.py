"""`python -m ofsted_framework` is the command line."""

import sys

from .cli import main

sys.exit(main())
