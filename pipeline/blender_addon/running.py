"""A job in another process, watched without ever waiting for it."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.blender_addon.job import Job
from pipeline.blender_addon.worker import MARK
from pipeline.execution.sharing import CORES_VARIABLE
from scene_builder.model.errors import StepError

WORKER = Path(__file__).with_name("worker.py")
KEY_VARIABLE = "WORLDREEL_API_KEY"
GRACE_SECS = 5.0
"""How long a cancelled process may take to end by itself [s]."""
CANCELLED = "cancelled; the same operator goes on from here"


@dataclass(slots=True)
class Running:
    """A job under way.

    Attributes:
        job: What is done.
        step: The step that it is at.
        done, total: How many of how many frames or takes are finished; 0 where nobody knows.
        left_secs: How long that step takes yet [s], if that is known.
        notes: What the user should know.
        error: Why it failed; "" while it has not.
        ends_by: When it is killed, if it was cancelled and has not ended by then, as
            `time.monotonic` counts [s].
    """

    job: Job
    process: "subprocess.Popen[str]"
    heard: "queue.Queue[str]"
    folder: "tempfile.TemporaryDirectory[str]"
    listener: threading.Thread
    step: str = ""
    done: int = 0
    total: int = 0
    left_secs: float | None = None
    notes: list[str] = field(default_factory=list)
    error: str = ""
    succeeded: bool = False
    ends_by: float | None = None

    def poll(self) -> bool:
        """Hear what has come; return whether the process is over."""
        over = self.process.poll() is not None
        if not over and self.ends_by is not None and time.monotonic() > self.ends_by:
            self.process.kill()
        if over:
            self.listener.join(GRACE_SECS)
        while True:
            try:
                line = self.heard.get_nowait()
            except queue.Empty:
                break
            self._hear(line)
        if over:
            if not self.succeeded and not self.error:
                self.error = f"the worker ended with {self.process.returncode} and said nothing"
            self.folder.cleanup()
        return over

    @property
    def share(self) -> float:
        """How much of the step is done, 0…1."""
        return self.done / self.total if self.total else 0.0

    @property
    def text(self) -> str:
        """What is under way, in a few words."""
        if self.ends_by is not None:
            return "ending"
        if not self.total:
            return self.step or "starting"
        left = "" if self.left_secs is None else f", {self.left_secs:.0f} s left"
        return f"{self.step}: {self.done} of {self.total}{left}"

    def cancel(self) -> None:
        """Ask the process to end; what it has finished stays, and the next job goes on from there.

        Nothing is waited for: `poll` says when it is over.
        """
        if self.ends_by is None and self.process.poll() is None:
            self.error = CANCELLED
            self.ends_by = time.monotonic() + GRACE_SECS
            self.process.terminate()

    def stop(self) -> None:
        """End the process, and wait until it is over."""
        self.cancel()
        try:
            self.process.wait(GRACE_SECS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.poll()

    def _hear(self, line: str) -> None:
        try:
            told: dict[str, Any] = json.loads(line)
        except ValueError:
            return
        if "step" in told:
            self.step = str(told["step"])
            self.done, self.total = int(told.get("done", 0)), int(told.get("total", 0))
            self.left_secs = told.get("left_secs")
        if "note" in told:
            self.notes.append(str(told["note"]))
        if "error" in told and not self.error:
            self.error = str(told["error"])
        self.succeeded = self.succeeded or "done" in told


def start(job: Job, *, blender: str, key: str = "") -> Running:
    """Start a job in a process of its own.

    Args:
        job: What to do.
        blender: Blender's program, or "" where this is Python outside of Blender.
        key: A language model's key; it is passed in the environment, never written down.

    Raises:
        StepError: If the process cannot be started.
    """
    folder: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="worldreel-")
    file = Path(folder.name) / "job.json"
    # "" and "." mean another folder there; what Blender brings itself, it finds itself.
    path = [str(Path(entry).resolve()) for entry in sys.path if entry]
    file.write_text(json.dumps({"path": path, "job": job.text()}), encoding="utf-8")
    try:
        process = subprocess.Popen(
            command(blender, file), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8", errors="replace",
            env=environment(blender, key),
        )  # fmt: skip
    except OSError as error:
        folder.cleanup()
        raise StepError(f"no worker could be started: {error}; try it with `blender -b`") from error
    heard: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    listener = threading.Thread(target=_listen, args=(process.stdout, heard), daemon=True)
    listener.start()
    return Running(job=job, process=process, heard=heard, folder=folder, listener=listener)


def command(blender: str, job_file: Path) -> list[str]:
    """Return the command line of a worker: Blender itself, or Python outside of Blender."""
    if blender:
        return [
            blender, "--background", "--factory-startup", "--python-exit-code", "1",
            "--python", str(WORKER), "--", str(job_file),
        ]  # fmt: skip
    return [sys.executable, str(WORKER), str(job_file)]


def environment(blender: str, key: str) -> dict[str, str]:
    """Return the environment of a worker."""
    variables = dict(os.environ)
    if key:
        variables[KEY_VARIABLE] = key
    if blender:
        # Helpers would be started as Python, and Blender's own Python lacks Blender.
        variables[CORES_VARIABLE] = "1"
    return variables


def _listen(output: Any, heard: "queue.Queue[str]") -> None:  # noqa: ANN401 - a text file
    with output:
        for line in output:
            if line.startswith(MARK):
                heard.put(line[len(MARK) :])
