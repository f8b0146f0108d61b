"""What the scripts share that run a private server for a test.

Such a script is called with an empty or absent directory, which receives everything that the server writes. Once the
server answers, one line of JSON appears on standard output: {"url": …} and what else a test has to know. From then on
each line on standard input, {"do": NAME, …}, is a command, answered by one line of JSON. The script stays until its
standard input ends or it gets SIGTERM or SIGINT; then it ends what it has started, so nothing outlives it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

BOOT_SECONDS = 240
STOP_SECONDS = 10


class Failed(Exception):
    """For people: why the server does not run."""


def installed_version(package):
    """Of a Debian package; Failed when it is not there."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Version}", package], capture_output=True, text=True, check=False)
    state, _, version = asked.stdout.strip().partition(" ")
    if state != "ii":
        raise Failed(f"not installed: {package}; scripts/prepare test installs it")
    return version.strip()


def listening_socket():
    """Its port is the system's choice, and nobody can take it before the server inherits the socket."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    return listener


def free_port():
    """For servers that can inherit no socket."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class PrivateServer:
    def __init__(self, directory):
        os.makedirs(directory, exist_ok=True)
        self.directory = os.path.realpath(directory)
        if os.listdir(self.directory):
            raise Failed(f"{self.directory} is not empty")
        self.children = []

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def write(self, name, text, mode=0o644):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(self.path(name), mode)

    def run(self, log, argv, env=None, cwd=None, user=None):
        """To its end; what it says goes to the log."""
        with open(self.path(log), "ab") as out:
            done = subprocess.run(
                argv, env=env, cwd=cwd or self.directory, user=user, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                check=False)
        if done.returncode != 0:
            raise Failed(f"{argv[0]} failed: {self.last_words(log)}")

    def start(self, log, argv, env=None, cwd=None, sockets=(), user=None):
        """In the background, as the leader of a group of its own."""
        with open(self.path(log), "ab") as out:
            child = subprocess.Popen(
                argv, env=env, cwd=cwd or self.directory, user=user, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                pass_fds=[listener.fileno() for listener in sockets], start_new_session=True)
        child.log = log
        self.children.append(child)
        return child

    def wait_until(self, is_ready):
        """Failed when a child ends before, or it takes too long."""
        until = time.monotonic() + BOOT_SECONDS
        while not is_ready():
            for child in self.children:
                if child.poll() is not None:
                    raise Failed(f"{child.args[0]} ended: {self.last_words(child.log)}")
            if time.monotonic() > until:
                raise Failed(f"the server did not answer within {BOOT_SECONDS} s")
            time.sleep(0.05)

    def last_words(self, log):
        with open(self.path(log), encoding="utf-8", errors="replace") as text:
            return text.read()[-4000:].strip()

    def stop(self):
        for child in reversed(self.children):
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            try:
                child.wait(max(0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            try:
                os.killpg(child.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def answers(url, headers=None):
    """Whether a GET is answered, by whatever status."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=30):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def keep_template(server, key, names, make):
    """What `make()` writes under `names` is kept for the next boot, beside what the build has made; TEMPLATES says
    where. A key stands for everything that `make` depends on."""
    folder = os.environ.get("TEMPLATES", "")
    kept = os.path.join(folder, key)
    if folder and os.path.isdir(kept):
        for name in names:
            source = os.path.join(kept, name)
            if os.path.isdir(source):
                shutil.copytree(source, server.path(name), symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy2(source, server.path(name))
        return
    make()
    if not folder:
        return
    fresh = f"{kept}.{os.getpid()}"
    os.makedirs(fresh)
    for name in names:
        if os.path.isdir(server.path(name)):
            shutil.copytree(server.path(name), os.path.join(fresh, name), symlinks=True)
        else:
            shutil.copy2(server.path(name), os.path.join(fresh, name))
    try:
        os.rename(fresh, kept)
    except OSError:  # another boot was faster
        shutil.rmtree(fresh, ignore_errors=True)


def main(boot):
    """`boot(server)` starts it and returns (what the test has to know, {command: function of its line})."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} DIRECTORY")

    def leave(*_):
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    server = None
    try:
        server = PrivateServer(sys.argv[1])
        about, commands = boot(server)
        print(json.dumps(about), flush=True)
        for line in sys.stdin:
            wish = json.loads(line)
            try:
                told = commands[wish["do"]](wish)
            except Exception as error:  # pylint: disable=broad-except
                told = {"error": str(error) or repr(error)}
            print(json.dumps(told if told is not None else {}), flush=True)
    except Failed as failed:
        print(json.dumps({"failed": str(failed)}), flush=True)
        sys.exit(1)
    finally:
        if server is not None:
            server.stop()
