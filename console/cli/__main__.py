"""``python -m console.cli``: the command line without the window, where no Qt is installed."""

import sys

from console.cli import main

if __name__ == "__main__":
    sys.exit(main())
