"""The programs of docs/recipes/other-languages.md, in their own languages, against a served simulator."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from fly_resources.testing import FlySimulator

PAGE = (Path(__file__).parents[2] / "docs" / "recipes" / "other-languages.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```(js|sh)\n(.*?)```\n\n```text\n(.*?)```", PAGE, flags=re.DOTALL)
RUNNERS = {"js": ("node", "program.mjs"), "sh": ("sh", "program.sh")}


@pytest.mark.parametrize(("language", "program", "printed"), PROGRAMS, ids=["node", "shell"])
def test_a_program_prints_what_the_page_says(
    tmp_path: Path, language: str, program: str, printed: str
) -> None:
    runner, name = RUNNERS[language]
    for needed in {"js": ("node",), "sh": ("sh", "curl", "grep")}[language]:
        if shutil.which(needed) is None:
            pytest.skip(f"{needed} is not installed")
    file = tmp_path / name
    file.write_text(program, encoding="utf-8")
    with FlySimulator(timings="typical").serve() as server:
        ran = subprocess.run(
            [runner, str(file)],
            env={**os.environ, "FLY_API_HOSTNAME": server.url, "FLY_API_TOKEN": "any"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert (ran.stdout, ran.stderr, ran.returncode) == (printed, "", 0)
