"""A running server of ours, and requests to it as they are on the wire."""

import contextlib
import gzip
import http.client
import re
import signal
import subprocess
import threading
import time

from harness import PROGRAM, Failed

START_TIMEOUT = 60


class Answer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body

    @property
    def plain(self):
        """The body without its packing."""
        return gzip.decompress(self.body) if self.headers.get("Content-Encoding") == "gzip" else self.body


class Server:
    """The program serving; `lines` is what it said on standard error."""

    def __init__(self, *arguments, verb="serve"):
        self.process = subprocess.Popen(
            [PROGRAM, verb, *map(str, arguments), "--port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.lines, self.port = [], None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        end = time.monotonic() + START_TIMEOUT
        while self.port is None and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.01)
        if self.port is None:
            self.process.kill()
            self.process.wait()
            self._reader.join(5)
            raise Failed(f"`tuile {verb}` did not start: {' / '.join(self.lines)[:400]}")

    def _read(self):
        for line in self.process.stderr:
            text = line.decode("utf-8", "replace").rstrip()
            self.lines.append(text)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", text):
                self.port = int(found[1])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path, method="GET", **headers):
        """One request on a connection of its own; underscores in names of headers stand for hyphens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            # Without `skip_accept_encoding` the client would ask for identity by itself.
            connection.putrequest(method, path, skip_accept_encoding=True, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def stop(self, signal_number=signal.SIGTERM, timeout=30):
        """Exit code and seconds until the end."""
        began = time.monotonic()
        self.process.send_signal(signal_number)
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed(f"the server did not stop within {timeout} s of signal {signal_number}") from None
        self._reader.join(5)
        return code, time.monotonic() - began


@contextlib.contextmanager
def serving(*arguments, verb="serve"):
    server = Server(*arguments, verb=verb)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
