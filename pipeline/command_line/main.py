"""The `worldreel` command: one line for every error, 2 for bad input, 1 for a failed step."""

import atexit
import contextlib
import difflib
import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from pipeline.command_line.commands import COMMANDS, DESCRIPTION, command_type
from pipeline.command_line.interrupts import remembered_interrupts
from scene_builder.model.errors import WorldreelError

INTERRUPTED = 130
"""What a command ends with after Ctrl-C (128 + SIGINT)."""

_BOX = re.compile(r"[╭╮╰╯│─┌┐└┘]+")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: What stands after `worldreel`; None takes it from the command line.

    Returns:
        0, or 2 for bad input, 1 for a step that failed, 130 for Ctrl-C.
    """
    if arguments is not None:
        return _run(list(arguments))
    code = _run(sys.argv[1:])
    if "bpy" in sys.modules:
        _leave(code)
    return code


def _run(typed: list[str]) -> int:
    debug = "--debug" in typed
    try:
        command = _parsed(typed)
        if command is None:
            return 0
        with remembered_interrupts():
            command.run()
    except WorldreelError as error:
        return _failed(str(error), error.exit_code, debug=debug)
    except KeyboardInterrupt:
        return _failed("stopped; the same command goes on from here", INTERRUPTED, debug=debug)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        return _failed("not enough memory; try a smaller --size or --preset", 1, debug=debug)
    except Exception as error:  # noqa: BLE001 - the last door: nobody should see a traceback
        kind = type(error).__name__
        return _failed(
            f"a defect of worldreel: {kind}: {error} (--debug shows where)", 1, debug=debug
        )
    return 0


def _parsed(arguments: list[str]) -> Any:  # noqa: ANN401 - one of the commands
    """Return the command that was typed; None if only help was asked for."""
    import tyro

    if not arguments:
        arguments = ["--help"]
    name = arguments[0]
    if not name.startswith("-") and name not in COMMANDS:
        close = difflib.get_close_matches(name, COMMANDS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise _UsageError(f"No command named {name!r}. There are: {', '.join(COMMANDS)}.{hint}")
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            return tyro.cli(
                command_type(examples=name in COMMANDS),
                prog="worldreel",
                description=DESCRIPTION,
                args=arguments,
            )
    except SystemExit as end:
        if not end.code:
            return None
        raise _UsageError(_one_line(said.getvalue(), name)) from None


class _UsageError(WorldreelError):
    """What was typed is no command."""

    exit_code = 2


def _one_line(text: str, command: str) -> str:
    """Return the first sentence of a boxed message."""
    lines = [line.strip() for line in _BOX.sub(" ", text).splitlines()]
    told: list[str] = []
    for line in lines[1:] if len(lines) > 1 else lines:
        if not line or line.startswith(("Got errors", "Argument helptext", "For full")):
            if told:
                break
            continue
        told.append(line)
    sentence = re.sub(r"\s+", " ", " ".join(told)) or "the command cannot be understood"
    return f"{sentence.rstrip('.')}; see `worldreel {command} --help`"


def _failed(message: str, code: int, *, debug: bool) -> int:
    if debug and code != INTERRUPTED:
        traceback.print_exc()
    line = re.sub(r"\s+", " ", message).strip()
    sys.stderr.write(f"worldreel: {line}\n")
    return code


def _leave(code: int) -> NoReturn:
    """End without taking Blender's library down.

    Stopped while rendering it complains, and now and then the end of its static objects waits for
    ever: for a thread that closes sound devices and has not been told to go.
    """
    if code != INTERRUPTED:
        atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
