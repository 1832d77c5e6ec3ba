"""Safety of files: killed at any moment, or out of space."""

import os
import random
import shutil
import signal
import subprocess
import time

from harness import (
    CORES, PROGRAM, Folder, NotRun, archive_of, check, expect, extract_or_sample, files_in, has_command, in_parallel,
    require, require_none, sample, sha256, store_of, tuile,
)

KILLS = 100


def kill_at_random_moments(verb, source, old, count, seed):
    """Kills a run `count` times, half of them with an older file in their way. Returns how many were cut short."""
    ending = "tuile" if verb == "import" else "pmtiles"
    with Folder() as folder:
        # As many at once as later, so that the length of a run is right and some are caught at its end.
        wholes = [folder / f"{number}.{ending}" for number in range(CORES)]
        runs = in_parallel(lambda whole: tuile(verb, source, "-o", whole), wholes)
        for done in runs:
            require(done.code == 0, str(done))
        new, seconds = sha256(wholes[0]), max(done.seconds for done in runs)
    generator = random.Random(seed)
    moments = [(number, generator.random() * seconds * 1.2) for number in range(count)]

    def run(job):
        number, moment = job
        replaces = number % 2 == 1
        with Folder() as folder:
            output, temporary = folder / f"x.{ending}", folder / "temporary"
            temporary.mkdir()
            if replaces:
                shutil.copy(old, output)
            environment = {**os.environ, "TMPDIR": str(temporary)}
            process = subprocess.Popen(
                [PROGRAM, verb, str(source), "-o", str(output), "--force"], env=environment,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moment)
            process.kill()
            was_cut = process.wait() == -signal.SIGKILL
            found = sha256(output) if output.exists() else None
            if found not in (new, sha256(old) if replaces else None):
                return f"killed after {moment:.3f} s: the file is neither the old nor the new one", was_cut
            if was_cut and ending == "tuile" and found and tuile("info", "--check", output).code != 0:
                return f"killed after {moment:.3f} s: the store has faults", was_cut
            # Cleaning up after every tenth is enough: the next run is always the same.
            if number % 10 < 2:
                fault = expect(0, verb, source, "-o", output, "--force", one_line=False, env=environment)
                if fault:
                    return f"killed after {moment:.3f} s; then {fault}", was_cut
                if sha256(output) != new:
                    return f"killed after {moment:.3f} s: the next run makes another file", was_cut
                left = set(files_in(folder) + files_in(temporary)) - {output.name, temporary.name}
                if left:
                    return f"killed after {moment:.3f} s: {left} is left after the next run", was_cut
            return None, was_cut

    results = in_parallel(run, moments)
    require_none([fault for fault, _ in results], f"of {count} runs")
    return sum(was_cut for _, was_cut in results)


@check("import killed at a hundred random moments leaves the old store, the new one or none, and the next import works")
def killed_import():
    source = extract_or_sample("liechtenstein.osm.pbf")
    cut = kill_at_random_moments("import", source, store_of(sample()), KILLS, seed=3)
    require(cut > KILLS // 4, f"only {cut} of {KILLS} runs were cut short")
    return f"{cut} of {KILLS} cut short"


@check("tiles killed at random moments leaves the old archive, the new one or none, and the next run works")
def killed_tiles():
    store = store_of(extract_or_sample("london.osm.pbf"))
    cut = kill_at_random_moments("tiles", store, store_of(sample()), 30, seed=4)
    return f"{cut} of 30 cut short"


class SmallDisk:
    """A file system in memory with little space, mounted for the length of a `with`."""

    def __init__(self, kibibytes):
        self.kibibytes = kibibytes

    def __enter__(self):
        self.folder = Folder()
        path = self.folder.__enter__()
        if os.geteuid() != 0:
            self.folder.__exit__()
            raise NotRun("a small file system is mounted by the superuser only")
        command = ["mount", "-t", "tmpfs", "-o", f"size={self.kibibytes}k", "tmpfs", str(path)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            self.folder.__exit__()
            raise NotRun(f"mounting a small file system fails: {done.stderr.strip()}")
        return path

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", str(self.folder.path)], check=True)
        self.folder.__exit__()


@check("a full disk ends import and tiles with 74 in one line, with nothing left and an older file intact")
def full_disk():
    source = extract_or_sample("liechtenstein.osm.pbf")
    store = store_of(source)
    old = store_of(sample())
    size, old_size = store.stat().st_size // 1024, old.stat().st_size // 1024
    for room in (16, size // 4, size // 2, size - 64):
        with SmallDisk(room) as disk:
            require_none([expect(74, "import", source, "-o", disk / "x.tuile")])
            require(files_in(disk) == [], f"with {room} KiB: left behind {files_in(disk)}")
    for verb, first, ending, whole in (
        ("import", source, "tuile", store), ("tiles", store, "pmtiles", archive_of(source)),
    ):
        with SmallDisk(old_size + whole.stat().st_size // 2048) as disk:
            output = disk / f"x.{ending}"
            shutil.copy(old, output)
            require_none([expect(74, verb, first, "-o", output, "--force")])
            require(files_in(disk) == [output.name], f"{verb}: left behind {files_in(disk)}")
            require(sha256(output) == sha256(old), f"{verb}: the older file was changed")


@check("a full device for standard output ends with 74, in one line")
def full_output():
    if not os.path.exists("/dev/full"):
        raise NotRun("there is no /dev/full")
    runs = [("info", store_of(sample())), ("info", "--json", store_of(sample()))]
    if has_command("query"):
        runs += [("query", store_of(sample())), ("query", store_of(sample()), "--count")]
    with open("/dev/full", "wb") as full:
        require_none([expect(74, *run, stdout=full) for run in runs], f"of {len(runs)} runs")
