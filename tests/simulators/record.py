"""Makes a connector's cassette: `touchline plugin record` against its simulator.

    python3 record.py <the program touchline> <plugins, a folder> hubspot [zendesk ...]

writes connectors/*/<name>/cassettes/simulated.json. What is recorded stands in the vendor's class (vendors/<name>.py):

    recording = {
        "about": "One sentence.",
        "sign_in": ("bearer", "the secret"),      # --auth, and more options of `plugin record` where it needs any
        "more_secrets": {"NAME": "another"},      # the variables that these options name
        "settings": {"portal": "4711"},           # beside url
        "address": "https://api.hubapi.com",      # written down instead of the simulator's own
        "seed": {"count": 5},                     # sim_seed; then sim_step, so that there are changes and deletions
        "any": ["until"],                         # parameters that depend on the time: written down as *
    }
    def calls(self): ...                          # webhooks that come in afterwards
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import simulator

CONNECTORS = pathlib.Path(__file__).parents[2] / "connectors"
PAGE = 4  # few things make several pages
LATER = 600  # seconds after the last change, so that every index has caught up


def options(vendor, calls):
    recording = vendor.recording
    auth, _, *more = recording["sign_in"]
    now = datetime.datetime.fromtimestamp(vendor.now, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    settings = {"url": vendor.origin, **recording["settings"]}
    listed = [option for name, value in settings.items() for option in ("--setting", f"{name}={json.dumps(value)}")]
    return [
        *listed, "--auth", auth, "--secret", "SIMULATED_SECRET", *more, "--about", recording["about"], "--now", now,
        "--replace", f"{vendor.origin}={recording['address']}", "--webhooks", calls, "--allow-private-network", "--keep-addresses",
    ]


def open_parameters(cassette, names):
    """Writes down as * what is another value whenever the cassette is played at another time."""
    text = cassette.read_text()
    for name in names:
        text = re.sub(rf"([?&]{re.escape(urllib.parse.quote(name, safe=''))}=)[^&\"]*", r"\1*", text)
    cassette.write_text(text)


def record(program, plugins, name):
    vendor = simulator.serve(name)
    vendor.sim_pages({"most": PAGE})
    vendor.sim_seed(vendor.recording["seed"])
    vendor.sim_step({"more": 1})
    vendor.now += LATER
    [folder] = CONNECTORS.glob(f"*/{name}")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as calls:
        json.dump(vendor.calls(), calls)
        calls.flush()
        command = [program, "plugin", "record", pathlib.Path(plugins) / f"{name}.so", *options(vendor, calls.name)]
        cassette = folder / "cassettes/simulated.json"
        secret = {"SIMULATED_SECRET": vendor.recording["sign_in"][1], **vendor.recording.get("more_secrets", {})}
        code = subprocess.run([*command, "-o", cassette], env={**os.environ, **secret}, check=False).returncode
    if code == 0:
        open_parameters(cassette, vendor.recording.get("any", []))
    return code


if __name__ == "__main__":
    sys.exit(max(record(*sys.argv[1:3], name) for name in sys.argv[3:]))
