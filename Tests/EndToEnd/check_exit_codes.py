"""Exit codes, after sysexits.h, and the one line that says why."""

import fcntl
import os
import random
import shutil
import signal
import subprocess
import time

from harness import (
    PROGRAM, Folder, archive_of, check, expect, extract_or_sample, files_in, has_command, in_parallel,
    need_command, require, require_none, sample, sha256, store_of, tuile,
)

NOBODY = 65534


@check("wrong use ends with 64")
def wrong_use():
    with Folder() as folder:
        store, output = store_of(sample()), folder / "x.pmtiles"
        runs = [
            ("import",), ("import", "-"), ("import", sample(), "--threads", "0"), ("import", sample(), "--nonsense"),
            ("import", sample(), "--threads", "many"), ("nonsense",), ("info",), ("tiles", store),
            ("tiles", store, "-o", folder / "x.tiles"), ("tiles", store, "-o", output, "--zoom", "5-3"),
            ("tiles", store, "-o", output, "--zoom", "0-15"), ("tiles", store, "-o", output, "--bounds", "1,2,3"),
            ("tiles", store, "-o", output, "--bounds", "0,5,1,4"),
        ]
        if has_command("query"):
            runs += [
                ("query",), ("query", store, "n["), ("query", store, "x[amenity]"), ("query", store, "n[a~(]"),
                ("query", store, "--bbox", "1,2,3"), ("query", store, "--bbox", "1,50,2,40"),
                ("query", store, "--near", "500,0"), ("query", store, "--near", "x"),
                ("query", store, "--distance", "5"), ("query", store, "--id", "q7"), ("query", store, "--limit", "-1"),
                ("query", store, "--format", "png"), ("query", store, "--columns", "id"),
            ]
        if has_command("serve"):
            runs += [("serve",), ("serve", store, "--port", "65536"), ("serve", store, "--port", "x")]
        # The argument parser's own messages have more than one line: they show the usage.
        require_none([expect(64, *run, one_line=False, timeout=10) for run in runs], f"of {len(runs)} runs")
        require(files_in(folder) == [], f"left behind: {files_in(folder)}")
        return f"{len(runs)} runs"


@check("area rules with errors end with 78, a line for each error with its line and column")
def broken_area_rules():
    with Folder() as folder:
        rules = folder / "rules.txt"
        rules.write_text("area [natural=water]\npolygon [x]\nline [a=  # open\n")
        done = tuile("import", sample(), "-o", folder / "x.tuile", "--area-rules", rules, timeout=10)
        places = [line.split("rules.txt: ")[-1].split(":")[0] for line in done.lines]
        require(done.code == 78 and places == ["line 2, column 1", "line 3, column 11"], f"{done}; {places}")
        require(files_in(folder) == ["rules.txt"], f"left behind: {files_in(folder)}")


@check("a missing input ends with 66, in one line that names it")
def missing_input():
    with Folder() as folder:
        missing = folder / "missing"
        runs = [("import", missing), ("info", missing), ("tiles", missing, "-o", folder / "x.pmtiles")]
        if has_command("query"):
            runs.append(("query", missing, "n"))
        if has_command("serve"):
            runs.append(("serve", missing, "--port", "0"))
        faults = []
        for run in runs:
            done = tuile(*run, timeout=10)
            if done.code != 66 or len(done.lines) != 1 or "missing" not in done.lines[0]:
                faults.append(f"{done}; expected 66 and one line that names the file")
        require_none(faults, f"of {len(runs)} runs")
        require(files_in(folder) == [], f"left behind: {files_in(folder)}")


@check("a file of another kind ends with 65, in one line")
def other_kind():
    with Folder() as folder:
        text = folder / "text.tuile"
        text.write_text("neither a store nor an archive\n" * 500)
        archive, store = archive_of(sample()), store_of(sample())
        runs = [("info", text), ("tiles", text, "-o", folder / "x.pmtiles"), ("import", text, "-o", folder / "y.tuile"),
                ("tiles", archive, "-o", folder / "x.pmtiles"), ("import", store, "-o", folder / "y.tuile")]
        if has_command("query"):
            runs += [("query", text), ("query", archive)]
        if has_command("serve"):
            runs.append(("serve", text, "--port", "0"))
        require_none([expect(65, *run, timeout=10) for run in runs], f"of {len(runs)} runs")
        require(files_in(folder) == ["text.tuile"], f"left behind: {files_in(folder)}")


@check("an output that exists ends with 73 and stays, unless --force is given")
def existing_output():
    with Folder() as folder:
        store, archive = folder / "x.tuile", folder / "x.pmtiles"
        for path in (store, archive):
            path.write_text("mine")
        runs = [("import", sample(), "-o", store), ("tiles", store_of(sample()), "-o", archive)]
        require_none([expect(73, *run) for run in runs], "of 2 runs")
        require(store.read_text() == archive.read_text() == "mine", "the file that existed was changed")
        require_none([expect(0, *run, "--force", one_line=False) for run in runs], "of 2 runs")
        require(sha256(store) == sha256(store_of(sample())), "--force did not replace the store")
        require(sha256(archive) == sha256(archive_of(sample())), "--force did not replace the archive")
        require(files_in(folder) == ["x.pmtiles", "x.tuile"], f"left behind: {files_in(folder)}")


@check("an output without permission ends with 73, in one line")
def no_permission():
    with Folder() as folder:
        closed = folder / "closed"
        closed.mkdir(mode=0o555)
        options, program = {}, None
        if os.geteuid() == 0:
            # Permissions do not bind the superuser, so another user must try, with a program that it may run.
            program = str(folder / "tuile")
            shutil.copy(PROGRAM, program)
            os.chmod(program, 0o755)
            options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        runs = [("import", sample(), "-o", closed / "x.tuile"),
                ("tiles", store_of(sample()), "-o", closed / "x.pmtiles"),
                ("import", sample(), "-o", folder / "absent" / "x.tuile")]
        require_none([expect(73, *run, program=program, **options) for run in runs], f"of {len(runs)} runs")
        require(files_in(closed) == [], f"left behind: {files_in(closed)}")


@check("an output that another run is writing ends with 75, in one line")
def locked_output():
    with Folder() as folder:
        for verb, output in ((("import", sample()), "x.tuile"), (("tiles", store_of(sample())), "x.pmtiles")):
            path = folder / f".{output}.tuile-1.tmp"
            with open(path, "w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                require_none([expect(75, *verb, "-o", folder / output)])
                require(path.exists(), "the other run's file was removed")
            require_none([expect(0, *verb, "-o", folder / output, one_line=False)])
            require(not path.exists(), "an unlocked leftover was not removed")


@check("sources with equal or reserved names end with 78, in one line that names them")
def equal_names():
    need_command("serve")
    with Folder() as folder:
        for name in ("a", "b"):
            (folder / name).mkdir()
            shutil.copy(store_of(sample()), folder / name / "city.tuile")
        runs = [(folder / "a" / "city.tuile", folder / "b" / "city.tuile"), (f"health={store_of(sample())}",),
                (f"styles={store_of(sample())}",), (f"one={store_of(sample())}", f"one={store_of(sample())}")]
        require_none([expect(78, "serve", *run, "--port", "0", timeout=10) for run in runs], f"of {len(runs)} runs")


@check("a port in use ends in one line, with no signal")
def port_in_use():
    need_command("serve")
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = tuile("serve", store_of(sample()), "--port", port, timeout=10)
        require(done.code in (69, 73, 74, 75, 78), str(done))
        require(len(done.lines) == 1 and str(port) in done.lines[0], str(done))
        return f"exit code {done.code}"


@check("SIGINT and SIGTERM end import and tiles with 130, with nothing left and an older file intact")
def interrupted():
    city = extract_or_sample("andorra.osm.pbf")
    store = store_of(extract_or_sample("liechtenstein.osm.pbf"))
    old = sha256(store_of(sample()))
    generator = random.Random(2)
    jobs = [(verb, number, generator.random()) for verb in ("import", "tiles") for number in (
        signal.SIGINT, signal.SIGTERM) for _ in range(10)]
    whole = {}
    for verb in ("import", "tiles"):
        with Folder() as folder:
            arguments = ("import", city) if verb == "import" else ("tiles", store)
            done = tuile(*arguments, "-o", folder / "x.pmtiles")
            whole[verb] = (done.seconds, sha256(folder / "x.pmtiles"))

    def run(job):
        verb, number, moment = job
        seconds, new = whole[verb]
        with Folder() as folder:
            output = folder / "x.pmtiles"
            shutil.copy(store_of(sample()), output)
            arguments = ("import", str(city)) if verb == "import" else ("tiles", str(store))
            process = subprocess.Popen(
                [PROGRAM, *arguments, "-o", str(output), "--force"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(0.05 + moment * seconds * 0.8)
            process.send_signal(number)
            try:
                process.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
                return f"{verb}: did not end within 10 s of {number.name}", False
            allowed = {0, 130} if number == signal.SIGINT else {0, 130, 143, -number}
            if process.returncode not in allowed:
                return f"{verb}: {number.name} ends with {process.returncode}", False
            if files_in(folder) != ["x.pmtiles"]:
                return f"{verb}: {number.name} leaves {files_in(folder)}", False
            expected = new if process.returncode == 0 else old
            if sha256(output) != expected:
                return f"{verb}: {number.name}, exit {process.returncode}: the file is not as the code says", False
            return None, process.returncode != 0

    results = in_parallel(run, jobs)
    require_none([fault for fault, _ in results], f"of {len(jobs)} runs")
    return f"{sum(interrupted for _, interrupted in results)} of {len(jobs)} runs were interrupted"
