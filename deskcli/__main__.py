"""The entry of the program: Ctrl-C is an answer from the first moment on, not a traceback."""

import sys


def main() -> None:
    try:
        from deskcli.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
