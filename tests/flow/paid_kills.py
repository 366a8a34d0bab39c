#!/usr/bin/env python3
"""A film through the paid services' wires, killed again and again at random while the services fail at random:
it is finished all the same, nothing is left running there, and the simulator's bill holds nothing twice but what
no provider can tell us about: an answer of a language model that was on its way when we died.

  paid_kills.py PROGRAM [KILLS] [SEED] [SECONDS]"""

import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from simulator import Simulator

PROGRAM = os.path.abspath(sys.argv[1])
KILLS, SEED, SECONDS = (int(word) for word in (sys.argv[2:] + ["12", "1", "30"][len(sys.argv) - 2:]))
FAULTS = (
    {"fault": "429", "chance": 0.05, "retry_after": 0.05},
    {"fault": "503", "route": "get", "chance": 0.05},
    {"fault": "500", "route": "create", "wire": "replicate", "chance": 0.05},
    {"fault": "lost", "route": "create", "wire": "replicate", "chance": 0.05},
    {"fault": "lost", "route": "speech", "wire": "elevenlabs", "chance": 0.05},
    {"fault": "cut", "route": "output", "chance": 0.1},
    {"fault": "empty", "route": "output", "chance": 0.05},
    {"fault": "corrupt", "route": "output", "chance": 0.05},
    {"fault": "failed", "route": "work", "wire": "replicate", "chance": 0.03},
    {"fault": "aborted", "route": "work", "wire": "replicate", "chance": 0.03},
    {"fault": "prose", "route": "text", "chance": 0.2},
)


def make(folder, simulator, seconds):
    """Runs it for so long; true when it ended by itself, with its exit code and what it said."""
    words = [PROGRAM, "make", "How bees find flowers", "-y", "--no-render", "--budget", "200", "--seconds",
             str(SECONDS), "--size", "160x90", "-o", "film.mp4"]
    with open(folder / "said", "w+", encoding="utf-8") as said:
        running = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                   env=simulator.environment())
        try:
            code = running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
            return False, None, ""
        said.seek(0)
        return True, code, said.read()


def ledger(folder):
    with sqlite3.connect(folder / "film.cutroom/state.db") as state:
        state.row_factory = sqlite3.Row
        return [dict(row) for row in state.execute("select * from calls order by id")]


def campaign(folder, simulator):
    chance, kills, ends = random.Random(SEED), 0, 0
    deadline = time.monotonic() + 60 + KILLS * 5
    while True:
        assert time.monotonic() < deadline, f"not done after {kills} kills: {(folder / 'said').read_text()}"
        enough = kills >= KILLS
        ended, code, said = make(folder, simulator, 120 if enough else chance.uniform(0.05, 1.2))
        kills += not ended
        ends += ended
        if ended and code == 0:
            return kills
        assert not ended or code == 3, (code, said)


def judge(folder, simulator, kills):
    bill, calls = simulator.ask("bill"), ledger(folder)
    lost = [call for call in calls if call["state"] == "lost"]
    twice = [entry for same in bill["twice"] for entry in same[1:]]
    avoidable = [entry for entry in twice if entry["wire"] != "openai"]
    cost = sum(call["cost"] for call in calls) / 1e6
    print(f"{kills} kills, seed {SEED}: {len(calls)} calls, {len(lost)} lost, bill {bill['total']:.3f} US$, ledger "
          f"{cost:.3f}; paid twice: {len(twice)}, of them avoidable {len(avoidable)}")
    print("suffered:", simulator.ask("state")["suffered"])
    assert not avoidable, avoidable
    # One answer of a language model at most for every time that we were killed.
    assert len(twice) <= kills, twice
    assert not [call for call in calls if call["state"] in ("intended", "accepted")], "a call has no end"
    assert simulator.ask("state")["running"] == 0, "something is left running"
    # A ledger may count a lost answer that was never billed, but nothing that was billed is left out of it.
    assert cost >= bill["total"] - 0.003 * (1 + len(lost)), (cost, bill["total"])
    known = {call["external_id"] for call in calls if call["external_id"]}
    orphans = [entry for entry in bill["entries"]
               if entry["wire"] == "replicate" and entry["state"] == "billed" and entry["id"] not in known]
    assert not orphans, orphans


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cutroom-kills-"))
    simulator = Simulator(latency=150, seed=SEED)
    try:
        simulator.faults(*FAULTS, seed=SEED)
        judge(folder, simulator, campaign(folder, simulator))
    finally:
        simulator.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
