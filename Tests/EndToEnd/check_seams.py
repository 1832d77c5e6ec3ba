"""Tiles that lie beside each other."""

from check_tile_archives import client
from harness import Folder, archive_of, check, extract, record, require, store_of, succeed

# Two by two pixels, which the schema with OpenMapTiles' names drops when areas have been united; see the client.
SPECK = 4 * 16 * 16


def compare(archive, store, folder, *more):
    (folder / "areas.geojsonseq").write_bytes(succeed("query", store, "a", "--format", "geojsonseq").out)
    report = client("check_seams.py", archive, folder / "areas.geojsonseq", *more)
    record(f"seams-{archive.stem}.json", report)
    require(not report["faults"], f"{report['faults']}: {report['examples']}")
    require(report["neighbours"] > 100, f"only {report['neighbours']} layers of neighbours were compared")
    return f"{report['neighbours']} layers of neighbours, {report['areas']} areas of several tiles"


@check("neighbouring tiles agree in their buffers, and areas put together from tiles are those of the source")
def seams():
    path = extract("liechtenstein.osm.pbf")
    with Folder() as folder:
        return compare(archive_of(path), store_of(path), folder)


@check("neighbouring tiles agree where areas are united")
def united():
    path = extract("malta.osm.pbf")
    with Folder() as folder:
        succeed("tiles", store_of(path), "-o", folder / "united.pmtiles", "--schema", "openmaptiles")
        return compare(folder / "united.pmtiles", store_of(path), folder, str(SPECK))
