"""The other process: does one job, and says on standard output how far it is.

Blender starts it as `blender --background --python worker.py -- JOB`, Python as
`python worker.py JOB`. The job's file also says where packages are found, because a Blender
with factory settings knows no extensions.
"""

import json
import sys
from pathlib import Path
from typing import Any

MARK = "worldreel-job:"
"""What a line for the parent begins with: Blender says other things on the same output."""


def main(arguments: list[str]) -> int:
    """Do the job in the file named last.

    Returns:
        0, or 1 for a job that could not be done.
    """
    asked = json.loads(Path(arguments[-1]).read_text(encoding="utf-8"))
    sys.path[:0] = [entry for entry in asked["path"] if entry not in sys.path]
    try:
        from pipeline.blender_addon.job import Job, explained, perform
        from pipeline.blender_addon.telling import Telling
    except ImportError as error:
        say({"error": f"worldreel cannot be loaded in another process: {error}"})
        return 1
    try:
        run = perform(Job.of(asked["job"]), Telling(say))
    except Exception as error:  # noqa: BLE001 - the last door of the process
        say({"error": explained(error)})
        return 1
    say({"done": str(run)})
    return 0


def say(what: dict[str, Any]) -> None:
    """Tell the parent something."""
    sys.stdout.write(f"{MARK}{json.dumps(what)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
