"""Words a second and load time of spaCy pipelines, read as the tool reads them.

    python tests/bench/words.py TEXT [PIPELINE...]

TEXT is a file of one text a line; PIPELINEs are folders or packages, compared with the shipped one in turns.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from msgcheck.language.nlp import SpacyPipeline

ROUNDS = 5
LOAD = "import time; from msgcheck.language.nlp import SpacyPipeline as P; p = P({name!r}); s = time.process_time(); "


def load_seconds(name: str) -> float:
    code = LOAD.format(name=name) + "list(p.sentences(['One.'])); print(time.process_time() - s)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)


def main() -> None:
    texts = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line.strip()]
    names = ["", *sys.argv[2:]]
    pipelines = {name: SpacyPipeline(name) for name in names}
    seconds = dict.fromkeys(names, float("inf"))
    loads = dict.fromkeys(names, float("inf"))
    for _ in range(ROUNDS):
        for name, pipeline in pipelines.items():
            loads[name] = min(loads[name], load_seconds(name))
            list(pipeline.sentences(texts[:1]))
            started = time.process_time()
            words = sum(len(tokens) for spans in pipeline.sentences(texts) for *_, tokens in spans)
            seconds[name] = min(seconds[name], time.process_time() - started)
    for name in names:
        print(
            f"{name or 'shipped'}: {words / seconds[name]:.0f} words/s ({seconds[name] / seconds['']:.2f} of shipped), "
            f"loads in {loads[name]:.2f} s ({loads[name] / loads['']:.2f} of shipped)"
        )


if __name__ == "__main__":
    main()
