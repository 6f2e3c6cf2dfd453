"""Chromium without a window, spoken to through its debugging pipe: what a page shows and says."""

import base64
import fcntl
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from scene_builder.model.arrays import Array

FLAGS = (
    "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--mute-audio",
    "--enable-unsafe-swiftshader", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
LONGEST_SECS = 100.0
_WIRED = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); "
    "os.execvp(sys.argv[3], sys.argv[3:])"
)
"""The browser reads commands from its descriptor 3, and answers through 4."""


@dataclass
class Tab:
    """One page of a browser.

    Attributes:
        said: What stands in its console, and what it was forbidden.
        asked: The addresses that it asked for.
    """

    commands: int
    answers: int
    session: str = ""
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _count: int = 0
    _rest: bytes = b""

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Call a method of the debugging protocol, and return its result."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + LONGEST_SECS
        while time.monotonic() < end:
            told = self._next()
            if told.get("id") == self._count:
                assert "error" not in told, told
                return told["result"]
            self._note(told)
        raise TimeoutError(method)

    def open(self, address: str) -> None:
        """Go to a page."""
        for domain in ("Page", "Log", "Network", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=address)

    def value(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to."""
        told = self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true, and two frames longer."""
        end = time.monotonic() + LONGEST_SECS
        while not self.value(expression):
            assert time.monotonic() < end, (expression, self.said)
            time.sleep(0.1)
        self.value("new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))")

    def picture(self) -> Array:
        """Return what is seen (h w 3)."""
        shot = base64.b64decode(self.call("Page.captureScreenshot")["data"])
        return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), np.int16)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self.answers, 1 << 20)
            assert more, "the browser has ended"
            self._rest += more
        told, _, self._rest = self._rest.partition(b"\0")
        return json.loads(told)

    def _note(self, told: dict[str, Any]) -> None:
        params = told.get("params", {})
        if told.get("method") == "Log.entryAdded":
            self.said.append(params["entry"]["text"])
        elif told.get("method") == "Runtime.consoleAPICalled":
            self.said += [str(one.get("value", one)) for one in params["args"]]
        elif told.get("method") == "Runtime.exceptionThrown":
            self.said.append(json.dumps(params["exceptionDetails"])[:500])
        elif told.get("method") == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"][:100])


def _pipe() -> tuple[int, int]:
    """Return both ends of a pipe, with numbers above those that the browser has for its own."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low)
    for end in low:
        os.close(end)
    return high


@contextmanager
def tab(folder: Path, *flags: str, size: tuple[int, int] = (640, 400)) -> Iterator[Tab]:
    """Start a browser with one empty page, and end it.

    Args:
        folder: Where it keeps its profile.
        flags: What else to tell it.
        size: Of its window [px].
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    theirs_in, ours_out = _pipe()
    ours_in, theirs_out = _pipe()
    window = f"--window-size={size[0]},{size[1]}"
    line = [browser, *FLAGS, *flags, window, f"--user-data-dir={folder}/profile", "about:blank"]

    process = subprocess.Popen(
        [sys.executable, "-c", _WIRED, str(theirs_in), str(theirs_out), *line],
        pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        made = Tab(ours_out, ours_in)
        found = made.call("Target.getTargets")["targetInfos"]
        goal = next(one["targetId"] for one in found if one["type"] == "page")
        made.session = made.call("Target.attachToTarget", targetId=goal, flatten=True)["sessionId"]
        yield made
        made.session = ""
        made.call("Browser.close")
    finally:
        process.terminate()
        process.wait(20)
        os.close(ours_out)
        os.close(ours_in)
