"""The simulator of the paid services, started for a test and ended with it."""

import json
import os
import pathlib
import subprocess
import urllib.request

MAIN = pathlib.Path(__file__).parent.parent / "simulator/main.js"
KEYS = {"OPENAI_API_KEY": "sk-secret-of-openai", "REPLICATE_API_TOKEN": "r8_secret-of-replicate",
        "ELEVENLABS_API_KEY": "xi-secret-of-elevenlabs"}


class Simulator:
    def __init__(self, latency=50, seed=1):
        # It ends with its standard input, which is ours.
        self.process = subprocess.Popen(
            ["node", str(MAIN), "--latency", str(latency), "--shrink", "8", "--seed", str(seed)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        assert self.url, "the simulator did not start"

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.url}/control/{path}", data, timeout=20) as answer:
            return json.load(answer)

    def faults(self, *rules, seed=1):
        self.ask("faults", {"rules": rules, "seed": seed})

    def environment(self, **more):
        """The keys, and the services' addresses here; nothing else of this machine's keys."""
        own = {name: value for name, value in os.environ.items()
               if not name.endswith(("_API_KEY", "_API_TOKEN", "_BASE_URL", "_MODEL"))}
        base = {"OPENAI_BASE_URL": f"{self.url}/openai/v1", "GROQ_BASE_URL": f"{self.url}/groq/openai/v1",
                "REPLICATE_BASE_URL": f"{self.url}/replicate/v1", "ELEVENLABS_BASE_URL": f"{self.url}/elevenlabs",
                "MINIMAX_BASE_URL": f"{self.url}/minimax", "GOOGLE_BASE_URL": f"{self.url}/google"}
        return {**own, **base, **KEYS, "CUTROOM_POLL_MS": "20", **more}
