"""Runs the end-to-end checks; `run` prepares what they need.

    python3 checks.py [WORD ...]      only checks whose name contains one of the words
"""

import sys

import harness

# Importing a module registers its checks; this is the order in which they run.
import check_import  # noqa: F401
import check_formats  # noqa: F401
import check_tile_archives  # noqa: F401
import check_seams  # noqa: F401
import check_archive_formats  # noqa: F401
import check_dateline  # noqa: F401
import check_sea  # noqa: F401
import check_server  # noqa: F401
import check_queries  # noqa: F401
import check_areas  # noqa: F401
import check_relations  # noqa: F401
import check_exit_codes  # noqa: F401
import check_interruption  # noqa: F401
import check_damage  # noqa: F401
import check_browser  # noqa: F401
import check_quality  # noqa: F401

if __name__ == "__main__":
    sys.exit(harness.main(sys.argv[1:]))
