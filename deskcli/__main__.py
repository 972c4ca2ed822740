"""The entry of the program: Ctrl-C is an answer from the first moment on, not a traceback."""

import gc
import sys


def main() -> None:
    try:
        gc.disable()  # what is imported stays: looking through it again and again finds nothing
        from deskcli.cli import main as run

        gc.freeze()
        gc.set_threshold(10_000)  # the usual 700 are twenty looks a command
        gc.enable()
        run()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # the interpreter looks through everything once more as it ends


if __name__ == "__main__":
    main()
