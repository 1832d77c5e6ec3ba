"""What all checks share: registering them, running the program, finding data, counting results.

A check is a function with a sentence for a name. It returns nothing or a short remark when all is well, raises `Failed`
with what was wrong, or `NotRun` with what was missing.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("TUILE", str(ROOT / ".build/release/tuile"))
ARTEFACTS = pathlib.Path(os.environ.get("TUILE_ARTEFACTS", ROOT / ".build-end-to-end"))
CLIENTS = ROOT / "Tests/Clients"
CORES = len(os.sched_getaffinity(0))

# Extracts that this version does not read, and the word by which the refusal must name the reason.
REFUSED_EXTRACTS = {
    "equatorial-guinea-history.osh.pbf": "history",
    "monaco-2020.osm.bz2": "bzip2",
    "monaco-lz4.osm.pbf": "lz4",
}

_checks = []


class Failed(Exception):
    """Something is not as it must be."""


class NotRun(Exception):
    """Something that the check needs is absent."""


def check(sentence):
    """Registers a function as a check."""

    def register(function):
        _checks.append((sentence, function))
        return function

    return register


def require(condition, message):
    if not condition:
        raise Failed(message)


def require_none(faults, what="of them"):
    """Fails with the first few of a list of faults."""
    faults = [fault for fault in faults if fault]
    if faults:
        shown = "".join(f"\n      {fault}" for fault in faults[:8])
        raise Failed(f"{len(faults)} {what}:{shown}" + ("\n      ..." if len(faults) > 8 else ""))


# The program


class Finished:
    """A run that ended: `code` is negative when a signal ended it."""

    def __init__(self, arguments, code, out, err, seconds):
        self.arguments, self.code, self.out, self.err, self.seconds = arguments, code, out, err, seconds

    @property
    def lines(self):
        return self.err.decode("utf-8", "replace").splitlines()

    def __str__(self):
        command = " ".join(pathlib.Path(str(part)).name or "/" for part in self.arguments)
        said = self.lines[0][:220] if self.lines else "nothing on standard error"
        return f"`tuile {command}` ended with {self.code}: {said}"


def tuile(*arguments, timeout=120, stdout=subprocess.PIPE, program=None, **options):
    """Runs the program to its end. A run that hangs fails the check."""
    began = time.monotonic()
    command = [program or PROGRAM, *map(str, arguments)]
    try:
        done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, timeout=timeout, **options)
    except subprocess.TimeoutExpired:
        raise Failed(f"`tuile {' '.join(map(str, arguments))}` did not end within {timeout} s") from None
    return Finished(arguments, done.returncode, done.stdout or b"", done.stderr, time.monotonic() - began)


def succeed(*arguments, **options):
    done = tuile(*arguments, **options)
    require(done.code == 0, str(done))
    return done


def expect(code, *arguments, one_line=True, **options):
    """A fault, or `None`: the run must end with this code and say why in one line."""
    done = tuile(*arguments, **options)
    if done.code != code:
        return f"{done}; expected {code}"
    if one_line and len(done.lines) != 1:
        return f"{done}; expected one line, found {len(done.lines)}"
    return None


@functools.cache
def has_command(name):
    done = tuile(name, "--help")
    return done.code == 0 and f"USAGE: tuile {name} ".encode() in done.out + b" "


def need_command(name):
    if not has_command(name):
        raise NotRun(f"the program has no command '{name}'")


def in_parallel(function, items, workers=CORES):
    """`map` on threads, in order: the work is done by other processes."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))


# Files


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Folder:
    """A temporary folder, readable for everyone, that is removed at the end of the `with`."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="tuile-check-"))
        self.path.chmod(0o755)
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def files_in(folder):
    """Names of everything in a folder, hidden files too."""
    return sorted(os.listdir(folder))


@functools.cache
def shared_folder():
    """For files that several checks use; removed when all have run."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="tuile-checks-"))
    path.chmod(0o755)
    return path


@functools.cache
def data_folder():
    named = os.environ.get("TUILE_TEST_DATA")
    folder = pathlib.Path(named) if named else ROOT.parent / "shared/data"
    if not (folder / "extracts").is_dir():
        raise NotRun(f"no real extracts in {folder}; TUILE_TEST_DATA names their folder")
    return folder


def extract(name):
    path = data_folder() / "extracts" / name
    if not path.exists():
        raise NotRun(f"no extract {path}")
    return path


@functools.cache
def sample():
    """The made-up town as PBF: what the checks use that need no real extract."""
    path = shared_folder() / "sample.osm.pbf"
    done = tuile("sample", "-o", path)
    if done.code == 0:
        return path
    town = ROOT / "Fixtures/Town/town.osm"
    if town.exists():
        return town
    raise NotRun("the program has no command 'sample', and there is no Fixtures/Town/town.osm")


def extract_or_sample(name):
    """A real extract, or the made-up town where there are none: for checks that are right for any data."""
    try:
        return extract(name)
    except NotRun:
        return sample()


def stem(path):
    return pathlib.Path(path).name.split(".")[0]


@functools.cache
def store_of(path):
    store = shared_folder() / f"{stem(path)}.tuile"
    succeed("import", path, "-o", store)
    return store


@functools.cache
def archive_of(path):
    archive = shared_folder() / f"{stem(path)}.pmtiles"
    succeed("tiles", store_of(path), "-o", archive)
    return archive


def record(name, content):
    """Keeps figures for people to read."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    (ARTEFACTS / name).write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


# Running


def main(words):
    passed = failed = skipped = 0
    try:
        for sentence, function in _checks:
            if words and not any(word.lower() in sentence.lower() for word in words):
                continue
            began = time.monotonic()
            try:
                remark = function()
                passed += 1
                word, detail = "ok", f" ({remark})" if remark else ""
            except NotRun as reason:
                skipped += 1
                word, detail = "not run", f": {reason}"
            except Failed as fault:
                failed += 1
                word, detail = "FAIL", f": {fault}"
            except Exception:  # A check that breaks is a failure of the check, which must be seen too.
                failed += 1
                word, detail = "FAIL", ": the check itself broke\n" + traceback.format_exc(limit=-3)
            print(f"{word}: {sentence}{detail} [{time.monotonic() - began:.1f} s]", flush=True)
    finally:
        if shared_folder.cache_info().currsize:
            shutil.rmtree(shared_folder(), ignore_errors=True)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    if passed + failed + skipped == 0:
        print("no check has such a name", file=sys.stderr)
        return 64
    return 1 if failed else 0
